/** The version in package.json; a test keeps the two in step. */
export const PACKAGE_VERSION: string = "0.0.0";
