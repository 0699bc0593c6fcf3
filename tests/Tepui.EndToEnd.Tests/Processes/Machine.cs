using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Tepui.EndToEnd.Tests.Processes;

/// <summary>A work directory, and every process that has to do with it; all are gone at the end.</summary>
internal sealed partial class Machine : IDisposable
{
    public Machine() => Directory.CreateDirectory(Path);

    /// <summary>Absolute path of the work directory.</summary>
    public string Path { get; } = System.IO.Path.Join(System.IO.Path.GetTempPath(), $"tepui-e2e-{Guid.NewGuid():N}");

    /// <summary>Processes whose command line or environment names the work directory: supervisors and tasks.</summary>
    public IReadOnlyList<int> Processes(string contains = "")
    {
        var found = new List<int>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(System.IO.Path.GetFileName(directory), CultureInfo.InvariantCulture, out var pid)
                && pid != Environment.ProcessId
                && Mentions(directory) is { } text
                && text.Contains(contains, StringComparison.Ordinal))
            {
                found.Add(pid);
            }
        }

        return found;
    }

    public IReadOnlyList<int> Supervisors() => Processes("\0supervisor\0");

    public static void Kill(int pid) => Signal(pid, 9);

    public static void Signal(int pid, int signal) => _ = SendSignal(pid, signal);

    public void Dispose()
    {
        for (var tries = 0; tries < 20 && Processes() is { Count: > 0 } left; tries++)
        {
            foreach (var pid in left)
            {
                Kill(pid);
            }
        }

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that died a moment ago may still hold a file; the system's temporary directory is cleaned in time.
        }
    }

    /// <summary>Waits until a condition holds; looks again every 20 ms.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > TepuiProcess.Limit)
            {
                throw new TimeoutException($"Not within {TepuiProcess.Limit}: {what}");
            }

            await Task.Delay(20);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);

    private string? Mentions(string process)
    {
        try
        {
            var line = File.ReadAllText(System.IO.Path.Join(process, "cmdline"));
            return line.Contains(Path, StringComparison.Ordinal) || File.ReadAllText(System.IO.Path.Join(process, "environ")).Contains(Path, StringComparison.Ordinal)
                ? line
                : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
