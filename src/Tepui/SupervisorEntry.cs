using Tepui.Containers.Supervisor;

namespace Tepui;

/// <summary>The hidden command <c>tepui supervisor</c>: agents start it, people do not.</summary>
internal static class SupervisorEntry
{
    /// <summary>Runs until told to stop; gives the exit code.</summary>
    public static Task<int> RunAsync(string[] arguments) => SupervisorMain.RunAsync(arguments);
}
