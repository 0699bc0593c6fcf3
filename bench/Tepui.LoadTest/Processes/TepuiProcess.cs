using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Tepui.LoadTest.Processes;

/// <summary>One process of the tepui binary.</summary>
internal sealed partial class TepuiProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly string _command;

    private TepuiProcess(Process process, string command)
    {
        _process = process;
        _command = command;
    }

    /// <summary>Process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts the binary; what it prints is kept.</summary>
    public static TepuiProcess Start(string binary, params string[] arguments)
    {
        var info = new ProcessStartInfo(binary, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        info.Environment.Remove("TEPUI_MASTER");
        var process = new TepuiProcess(Process.Start(info)!, $"tepui {string.Join(' ', arguments)}");
        process.Read();
        return process;
    }

    /// <summary>Waits for a line that holds a text.</summary>
    /// <exception cref="LoadTestException">The process ended, or it took longer than a minute.</exception>
    public string WaitFor(string text)
    {
        var began = Stopwatch.GetTimestamp();
        lock (_lines)
        {
            while (true)
            {
                if (_lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
                {
                    return found;
                }

                if (Stopwatch.GetElapsedTime(began) > Limit || _process.HasExited)
                {
                    throw new LoadTestException($"'{_command}' never said '{text}'; it said: {string.Join(" | ", _lines.TakeLast(5))}");
                }

                Monitor.Wait(_lines, TimeSpan.FromMilliseconds(100));
            }
        }
    }

    /// <summary>Asks the process to stop, as Ctrl-C does, and waits until it is gone.</summary>
    public void Interrupt()
    {
        _ = SendSignal(Id, 2);
        if (!_process.WaitForExit(Limit))
        {
            throw new LoadTestException($"'{_command}' did not stop when asked to");
        }
    }

    /// <summary>Ends the process as <c>kill -9</c> does, and waits until it is gone.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    /// <summary>Resident memory of a process, MiB.</summary>
    public static double ResidentMiB(int pid) =>
        long.Parse(File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;

    /// <summary>Processor time a process has used.</summary>
    public static TimeSpan ProcessorTime(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)));
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);

    private void Read()
    {
        _process.StandardInput.Close();
        DataReceivedEventHandler keep = (_, data) =>
        {
            if (data.Data is { } line)
            {
                lock (_lines)
                {
                    _lines.Add(line);
                    Monitor.PulseAll(_lines);
                }
            }
        };
        _process.OutputDataReceived += keep;
        _process.ErrorDataReceived += keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }
}
