using System.Globalization;
using System.Text;
using Tepui.Containers.Native;

namespace Tepui.Containers.Supervisor;

/// <summary>The supervisor's threads: few, with small stacks, and if one of them fails the whole process stops, to be started again from its log.</summary>
internal static class Threads
{
    private const int StackSize = 256 * 1024;

    /// <summary>Starts one.</summary>
    public static void Start(string name, Action work) => new Thread(
        () =>
        {
            try
            {
                work();
            }
            catch (Exception bug)
            {
                Report($"The supervisor stops, for its thread '{name}' failed: {bug}");
                Environment.Exit(SupervisorMain.ExitInternal);
            }
        },
        StackSize)
    {
        IsBackground = true,
        Name = name,
    }.Start();

    /// <summary>A line in the supervisor's own log file.</summary>
    /// <remarks>Written without <see cref="Console"/>, which would cost the supervisor a megabyte.</remarks>
    public static unsafe void Report(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {line}\n"));
        fixed (byte* start = bytes)
        {
            _ = Libc.Write(2, start, (nuint)bytes.Length);
        }
    }
}
