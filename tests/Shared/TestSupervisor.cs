using System.Runtime.InteropServices;

namespace Tepui.Tests;

/// <summary>The supervisors of agents that tests start. The project that starts them refers to Tepui.SupervisorHost.</summary>
internal static class TestSupervisor
{
    /// <summary>The runtime that runs this process.</summary>
    public static string DotNet { get; } = Path.GetFullPath(Path.Join(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>What starts one.</summary>
    public static string[] Command { get; } = [DotNet, Path.Join(AppContext.BaseDirectory, "Tepui.SupervisorHost.dll")];

    /// <summary>A supervisor outlives its agent by design; ends the one that works below this directory, and what it runs.</summary>
    public static void End(string directory)
    {
        foreach (var process in System.Diagnostics.Process.GetProcesses())
        {
            using (process)
            {
                if (CommandLine(process.Id).Contains(directory, StringComparison.Ordinal))
                {
                    process.Kill(entireProcessTree: true);
                    process.WaitForExit();
                }
            }
        }
    }

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
