using Tepui.Agent.Core.Frameworks;
using Tepui.Agent.Core.Recovery;
using Tepui.Agent.Core.Tasks;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Updates;

/// <summary>Delivers status updates at least once and in order per task: checkpointed first, sent again until acknowledged.</summary>
internal static class UpdateStreams
{
    public static UpdateStream Of(Turn turn, FrameworkRecord framework, TaskId id, TaskRecord? task)
    {
        if (!framework.Updates.TryGetValue(id, out var stream))
        {
            stream = new UpdateStream(framework, id, task, turn.State.NextNumber()) { Wait = turn.Options.StatusUpdateRetryMin };
            framework.Updates.Add(id, stream);
            if (task is not null)
            {
                task.Updates = stream;
            }
        }

        return stream;
    }

    /// <summary>Adds an update to the end of a task's stream.</summary>
    public static void Append(Turn turn, UpdateStream stream, TaskStatus status)
    {
        var number = stream.Next++;
        stream.Latest = status.State;
        if (stream.Framework.Checkpoints)
        {
            turn.Persist(Keys.Update(stream, number), Entries.Update(stream, number, status));
            if (stream.Kept is { } kept)
            {
                turn.Forget(Keys.Update(stream, kept));
                stream.Kept = null;
            }
        }

        stream.Pending.Enqueue((number, status));
        if (stream.Pending.Count == 1)
        {
            Send(turn, stream);
        }
    }

    /// <summary>The framework has an update: the next one goes out.</summary>
    public static void Acknowledge(Turn turn, MasterFrame.Types.AcknowledgeStatus acknowledgement)
    {
        if (!turn.State.Frameworks.TryGet(FrameworkId.From(acknowledgement.FrameworkId), out var framework)
            || !framework.Updates.TryGetValue(TaskId.From(acknowledgement.TaskId), out var stream)
            || stream.Oldest?.Uuid != acknowledgement.Uuid)
        {
            return;
        }

        var (number, status) = stream.Pending.Dequeue();
        stream.Retry?.Cancel();
        stream.Wait = turn.Options.StatusUpdateRetryMin;
        stream.Task?.Changed();
        if (stream.Pending.Count > 0)
        {
            ForgetEntry(turn, stream, number);
            Send(turn, stream);
        }
        else if (status.State.IsTerminal() || stream.Task is null)
        {
            Finish(turn, stream, number);
        }
        else if (framework.Checkpoints)
        {
            stream.Kept = number;
            turn.Persist(Keys.Update(stream, number), Entries.Update(stream, number, status, acknowledged: true));
        }
    }

    /// <summary>Sends the oldest update of every stream again, at once, with the shortest wait after it.</summary>
    public static void ResendAll(Turn turn)
    {
        foreach (var framework in turn.State.Frameworks.InOrder())
        {
            Resend(turn, framework);
        }
    }

    /// <inheritdoc cref="ResendAll"/>
    public static void Resend(Turn turn, FrameworkRecord framework)
    {
        foreach (var stream in InOrder(framework))
        {
            if (stream.Pending.Count > 0)
            {
                stream.Wait = turn.Options.StatusUpdateRetryMin;
                Send(turn, stream);
            }
        }
    }

    /// <summary>Nobody waits for the updates of this framework any more.</summary>
    public static void DropAll(Turn turn, FrameworkRecord framework)
    {
        foreach (var stream in InOrder(framework))
        {
            stream.Retry?.Cancel();
            framework.Updates.Remove(stream.Id);
            if (stream.Task is { HasEnded: true } task)
            {
                TaskLife.Completed(turn, task);
            }

            ForgetEntries(turn, stream);
        }
    }

    public static List<UpdateStream> InOrder(FrameworkRecord framework)
    {
        var all = new List<UpdateStream>(framework.Updates.Values);
        all.Sort(static (a, b) => a.Number.CompareTo(b.Number));
        return all;
    }

    /// <summary>Removes the checkpoints of a stream.</summary>
    public static void ForgetEntries(Turn turn, UpdateStream stream)
    {
        foreach (var (number, _) in stream.Pending)
        {
            ForgetEntry(turn, stream, number);
        }

        if (stream.Kept is { } kept)
        {
            ForgetEntry(turn, stream, kept);
        }
    }

    /// <summary>The task's end is acknowledged. Its updates are forgotten last: without them it would look as if it had never started.</summary>
    private static void Finish(Turn turn, UpdateStream stream, ulong number)
    {
        stream.Framework.Updates.Remove(stream.Id);
        if (stream.Task is { } task)
        {
            TaskLife.Completed(turn, task);
        }

        ForgetEntry(turn, stream, number);
        FrameworkLife.CompleteIfIdle(turn, stream.Framework);
    }

    private static void ForgetEntry(Turn turn, UpdateStream stream, ulong number)
    {
        if (stream.Framework.Checkpoints)
        {
            turn.Forget(Keys.Update(stream, number));
        }
    }

    private static void Send(Turn turn, UpdateStream stream)
    {
        stream.Retry?.Cancel();
        stream.Retry = null;
        var sent = turn.ToMaster(new AgentFrame
        {
            StatusUpdate = new()
            {
                FrameworkId = stream.Framework.Id.ToWire(),
                Status = stream.Oldest,
                LatestState = stream.Latest,
            },
        });
        if (sent)
        {
            stream.Retry = turn.After(stream.Wait, t => Again(t, stream));
        }
    }

    private static void Again(Turn turn, UpdateStream stream)
    {
        stream.Wait = Clock.Least(stream.Wait * 2, turn.Options.StatusUpdateRetryMax);
        Send(turn, stream);
    }
}
