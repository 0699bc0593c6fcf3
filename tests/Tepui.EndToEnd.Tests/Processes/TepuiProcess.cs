using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Tepui.EndToEnd.Tests.Processes;

/// <summary>One process of the real binary, with all it prints.</summary>
internal sealed partial class TepuiProcess : IDisposable
{
    /// <summary>Longest anything here is waited for; a miss fails the test with all output.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(150);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Lock _lock = new();
    private readonly string _line;
    private bool _isDisposed;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TepuiProcess(Process process, string line)
    {
        _process = process;
        _line = line;
    }

    /// <summary>The binary that ./tepui builds.</summary>
    public static string Binary { get; } = FindBinary();

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_lock)
            {
                return _output.ToString();
            }
        }
    }

    public string Errors
    {
        get
        {
            lock (_lock)
            {
                return _errors.ToString();
            }
        }
    }

    public static TepuiProcess Start(params string[] arguments) => StartFrom(Binary, arguments);

    /// <summary>Starts another copy of the binary, or a program that starts it.</summary>
    public static TepuiProcess StartFrom(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        info.Environment.Remove("TEPUI_MASTER");
        info.Environment.Remove("TEPUI_SERVICES");
        var process = new TepuiProcess(Process.Start(info)!, $"tepui {string.Join(' ', arguments)}");
        process._process.StandardInput.Close();
        process.Read();
        return process;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var code = await process.ExitAsync();
        return (code, process.Output, process.Errors);
    }

    /// <summary>Waits for text on stdout or stderr.</summary>
    public async Task ForTextAsync(string text)
    {
        var deadline = Stopwatch.GetTimestamp() + (long)(Limit.TotalSeconds * Stopwatch.Frequency);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_output.ToString().Contains(text, StringComparison.Ordinal) || _errors.ToString().Contains(text, StringComparison.Ordinal))
                {
                    return;
                }

                changed = _changed.Task;
            }

            if (_process.HasExited && changed == _changed.Task)
            {
                throw new InvalidOperationException($"Ended with {_process.ExitCode} before it printed '{text}'.\n{this}");
            }

            var left = TimeSpan.FromSeconds((deadline - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency);
            if (left <= TimeSpan.Zero)
            {
                throw new TimeoutException($"'{text}' was not printed within {Limit}.\n{this}");
            }

            await Task.WhenAny(changed, _process.WaitForExitAsync(), Task.Delay(left));
        }
    }

    /// <summary>Waits for the end; gives the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Limit);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"Did not end within {Limit}.\n{this}", late);
        }

        return _process.ExitCode;
    }

    public void KillHard() => Signal(9);

    public void Interrupt() => Signal(2);

    public void Signal(int signal) => _ = Kill(_process.Id, signal);

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            KillHard();
            _process.WaitForExit(5000);
        }

        _process.Dispose();
    }

    public override string ToString() => $"{_line}\n--- stdout\n{Output}\n--- stderr\n{Errors}";

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);

    private static string FindBinary()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Join(directory.FullName, "Tepui.slnx")))
            {
                return Path.Join(directory.FullName, "artifacts", "tepui", "tepui");
            }
        }

        throw new InvalidOperationException($"No checkout of Tepui above {AppContext.BaseDirectory}.");
    }

    private void Read()
    {
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Append(StringBuilder to, string? line)
    {
        if (line is null)
        {
            return;
        }

        TaskCompletionSource changed;
        lock (_lock)
        {
            to.AppendLine(line);
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
