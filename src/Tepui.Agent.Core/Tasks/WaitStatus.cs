namespace Tepui.Agent.Core.Tasks;

/// <summary>A raw wait status in words.</summary>
internal static class WaitStatus
{
    private static readonly string[] SignalTexts =
    [
        "Unknown signal 0", "Hangup", "Interrupt", "Quit", "Illegal instruction", "Trace/breakpoint trap", "Aborted", "Bus error",
        "Floating point exception", "Killed", "User defined signal 1", "Segmentation fault", "User defined signal 2", "Broken pipe",
        "Alarm clock", "Terminated", "Stack fault", "Child exited", "Continued", "Stopped (signal)", "Stopped", "Stopped (tty input)",
        "Stopped (tty output)", "Urgent I/O condition", "CPU time limit exceeded", "File size limit exceeded", "Virtual timer expired",
        "Profiling timer expired", "Window changed", "I/O possible", "Power failure", "Bad system call",
    ];

    public static bool IsSuccess(int status) => status == 0;

    /// <summary>As in <c>exited with status 7</c> or <c>terminated with signal Terminated</c>.</summary>
    public static string Describe(int status)
    {
        var signal = status & 0x7f;
        if (signal == 0)
        {
            return $"exited with status {(status >> 8) & 0xff}";
        }

        return $"terminated with signal {SignalText(signal)}{((status & 0x80) != 0 ? " (core dumped)" : "")}";
    }

    /// <summary>The C library's text for a signal on Linux.</summary>
    private static string SignalText(int signal) =>
        signal < SignalTexts.Length ? SignalTexts[signal]
        : signal is >= 34 and <= 64 ? $"Real-time signal {signal - 34}"
        : $"Unknown signal {signal}";
}
