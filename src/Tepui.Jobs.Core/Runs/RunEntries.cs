using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;
using Tepui.Protocol.Jobs;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Runs as the store holds them.</summary>
internal static class RunEntries
{
    /// <summary>As stored.</summary>
    public static RunEntry Write(Run run)
    {
        var entry = new RunEntry
        {
            Job = run.Id.Job.Value,
            Number = run.Id.Number,
            State = (int)run.State,
            Cause = (int)run.Cause.Kind,
            FirstDue = StoreTime.Write(run.Cause.FirstDue),
            Due = StoreTime.Write(run.Cause.Due),
            CreatedAt = StoreTime.Write(run.CreatedAt),
            Since = StoreTime.Write(run.Since),
        };
        entry.Parents.AddRange(run.Cause.Parents.Select(parent => new RunEntry.Types.ParentRun { Job = parent.Job.Value, Run = parent.Number }));
        entry.Environment.AddRange(run.Environment.Select(variable => new Variable { Name = variable.Name, Value = variable.Value }));
        entry.Attempts.AddRange(run.Attempts.Select(Write));
        WriteRest(entry, run);
        return entry;
    }

    /// <summary>From the store. Names of jobs and hosts are shared, since many runs have the same.</summary>
    public static Run Read(RunEntry entry, SharedParts shared) => new()
    {
        Id = new(shared.Name(entry.Job), entry.Number),
        Cause = new()
        {
            Kind = (RunCauseKind)entry.Cause,
            FirstDue = StoreTime.Read(entry.FirstDue),
            Due = StoreTime.Read(entry.Due),
            Covers = entry.Covers,
            Parents = entry.Parents.Count == 0 ? [] : entry.Parents.Select(parent => new RunId(shared.Name(parent.Job), parent.Run)).ToArray(),
        },
        State = (RunState)entry.State,
        Since = StoreTime.Read(entry.Since),
        CreatedAt = StoreTime.Read(entry.CreatedAt),
        Arguments = entry.HasArguments ? entry.Arguments : null,
        Environment = shared.List(entry.Environment, static variable => new EnvironmentVariable(variable.Name, variable.Value)),
        RequestKey = entry.HasRequestKey ? entry.RequestKey : null,
        Attempt = entry.Attempt,
        Attempts = entry.Attempts.Count == 0 ? [] : entry.Attempts.Select(attempt => Read(attempt, shared)).ToArray(),
        NotBefore = entry.HasNotBefore ? StoreTime.Read(entry.NotBefore) : null,
        IsLate = entry.Late,
        Kill = (KillWish)entry.Kill,
        Message = entry.HasMessage ? entry.Message : null,
        Elements = entry.Elements,
        EndedAt = entry.HasEndedAt ? StoreTime.Read(entry.EndedAt) : null,
        IsOrphaned = entry.Orphaned,
    };

    private static void WriteRest(RunEntry entry, Run run)
    {
        if (run.Cause.Covers != 1)
        {
            entry.Covers = run.Cause.Covers;
        }

        if (run.Arguments is { } arguments)
        {
            entry.Arguments = arguments;
        }

        if (run.RequestKey is { } key)
        {
            entry.RequestKey = key;
        }

        if (run.NotBefore is { } notBefore)
        {
            entry.NotBefore = StoreTime.Write(notBefore);
        }

        if (run.EndedAt is { } ended)
        {
            entry.EndedAt = StoreTime.Write(ended);
        }

        if (run.Message is { } message)
        {
            entry.Message = message;
        }

        WriteNumbers(entry, run);
    }

    private static void WriteNumbers(RunEntry entry, Run run)
    {
        if (run.Attempt != 0)
        {
            entry.Attempt = run.Attempt;
        }

        if (run.Kill != KillWish.None)
        {
            entry.Kill = (int)run.Kill;
        }

        if (run.Elements != 0)
        {
            entry.Elements = run.Elements;
        }

        if (run.IsLate)
        {
            entry.Late = true;
        }

        if (run.IsOrphaned)
        {
            entry.Orphaned = true;
        }
    }

    private static RunEntry.Types.Attempt Write(Attempt attempt)
    {
        var entry = new RunEntry.Types.Attempt
        {
            Number = attempt.Number,
            TaskId = attempt.Task.Value,
            AgentId = attempt.Agent.Value,
            Hostname = attempt.Hostname,
            LaunchedAt = StoreTime.Write(attempt.LaunchedAt),
            State = attempt.State,
        };
        if (attempt.StartedAt is { } started)
        {
            entry.StartedAt = StoreTime.Write(started);
        }

        if (attempt.EndedAt is { } ended)
        {
            entry.EndedAt = StoreTime.Write(ended);
        }

        if (attempt.Message is { } message)
        {
            entry.Message = message;
        }

        if (attempt.Reason is { } reason)
        {
            entry.Reason = (int)reason;
        }

        return entry;
    }

    private static Attempt Read(RunEntry.Types.Attempt entry, SharedParts shared) => new()
    {
        Number = entry.Number,
        Task = new(entry.TaskId),
        Agent = new(shared.Text(entry.AgentId)),
        Hostname = shared.Text(entry.Hostname),
        LaunchedAt = StoreTime.Read(entry.LaunchedAt),
        StartedAt = entry.HasStartedAt ? StoreTime.Read(entry.StartedAt) : null,
        EndedAt = entry.HasEndedAt ? StoreTime.Read(entry.EndedAt) : null,
        State = entry.State,
        Message = entry.HasMessage ? entry.Message : null,
        Reason = entry.HasReason ? (TaskStatus.Types.Reason)entry.Reason : null,
    };
}
