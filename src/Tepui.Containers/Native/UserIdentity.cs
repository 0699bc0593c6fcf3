namespace Tepui.Containers.Native;

/// <summary>A user as the kernel knows it.</summary>
/// <param name="Name">Name it was found by.</param>
/// <param name="User">User id.</param>
/// <param name="Group">First group.</param>
/// <param name="Groups">Every group, the first one included.</param>
internal sealed record UserIdentity(string Name, uint User, uint Group, uint[] Groups);
