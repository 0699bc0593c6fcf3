namespace Tepui.Runtime.Hosting;

/// <summary>Every exit code of every command of <c>tepui</c>. docs/reference/exit-codes.md is this list.</summary>
public static class ExitCode
{
    /// <summary>Done, or stopped, as asked.</summary>
    public const int Ok = 0;

    /// <summary>The work itself failed: a task did not finish, a request was refused.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong: unknown command or flag, missing or bad value.</summary>
    public const int Usage = 2;

    /// <summary>No master, services or jobs answer at the given address, or what answers is none.</summary>
    public const int Unreachable = 3;

    /// <summary>What was named (task, agent, framework, file, app, pod, group, deployment, version, job, run) does not exist.</summary>
    public const int NotFound = 4;

    /// <summary>An address could not be listened on: in use, not ours, or not permitted.</summary>
    public const int Address = 5;

    /// <summary>The work directory cannot be made, read or written.</summary>
    public const int Storage = 6;

    /// <summary>Another process uses the same data.</summary>
    public const int InUse = 7;

    /// <summary>A store is damaged; nothing was changed.</summary>
    public const int Corrupt = 8;

    /// <summary>A write that must be durable failed (disk full, I/O error); the process stopped before anything rested on it.</summary>
    public const int StoreFailed = 9;

    /// <summary>The master told this agent to stop (it was marked gone).</summary>
    public const int ToldToStop = 10;

    /// <summary>A bug of ours was detected; the process stopped to start again from what is durable.</summary>
    public const int Internal = 70;

    /// <summary>Interrupted by Ctrl-C before the work was done.</summary>
    public const int Interrupted = 130;
}
