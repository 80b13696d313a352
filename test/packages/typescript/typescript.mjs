export async function typescript() {}
