using Google.Protobuf;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Events;

namespace Tepui.Jobs.Core;

/// <summary>One step under way: the state it changes, the time, and what shall happen outside so far.</summary>
internal sealed class Turn(JobsState state, DateTimeOffset now, List<JobsEffect> effects)
{
    /// <summary>The state of the scheduler.</summary>
    public JobsState State { get; } = state;

    /// <summary>The time of this step.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Wants something done outside.</summary>
    public void Emit(JobsEffect effect) => effects.Add(effect);

    /// <summary>Puts an entry into the store, or removes it.</summary>
    public void Persist(string key, IMessage? entry) => effects.Add(new JobsEffect.Persist(key, entry));

    /// <summary>Tells the subscribers.</summary>
    public void Publish(JobEvent happened) => effects.Add(new JobsEffect.Publish(happened));

    /// <summary>Answers a request.</summary>
    public void Reply(RequestId request, CommandOutcome outcome) => effects.Add(new JobsEffect.Reply(request, outcome));
}
