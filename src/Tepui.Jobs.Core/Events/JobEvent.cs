using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Events;

/// <summary>Something that happened, for subscribers and for metrics. Cases are nested, so the list below is the whole list.</summary>
public abstract record JobEvent
{
    private JobEvent()
    {
    }

    /// <summary>A job is new or was replaced, or what became of it changed.</summary>
    /// <param name="Job">As it is now.</param>
    /// <param name="SpecChanged">Its author changed it, or its parents or disabled state changed.</param>
    public sealed record JobChanged(Job Job, bool SpecChanged) : JobEvent;

    /// <summary>A job is gone.</summary>
    public sealed record JobRemoved(JobName Job) : JobEvent;

    /// <summary>A run is new or changed.</summary>
    /// <param name="Run">As it is now.</param>
    /// <param name="Ended">It is over, and was not before.</param>
    public sealed record RunChanged(Run Run, bool Ended) : JobEvent;

    /// <summary>A notice could not be told on some channel and is given up.</summary>
    public sealed record NoticeDropped(long Notice, JobName Job, string Problem) : JobEvent;

    /// <summary>The master took the subscription.</summary>
    public sealed record Registered(string Framework, string Master, bool Again) : JobEvent;

    /// <summary>The subscription is lost.</summary>
    public sealed record Disconnected : JobEvent;
}
