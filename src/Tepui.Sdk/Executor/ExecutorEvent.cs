using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Executor;

namespace Tepui.Sdk.Executor;

/// <summary>Everything an executor can hear. Cases are nested, so the list below is the whole list.</summary>
public abstract record ExecutorEvent
{
    private ExecutorEvent()
    {
    }

    /// <summary>The agent took the subscription.</summary>
    /// <param name="Info">All the agent says about executor, framework and itself.</param>
    /// <param name="Again">Not the first time: the agent was away.</param>
    public sealed record Subscribed(Event.Types.Subscribed Info, bool Again) : ExecutorEvent;

    /// <summary>The agent is away; tasks go on, updates are kept and sent when it is back.</summary>
    public sealed record Disconnected(string Reason) : ExecutorEvent;

    /// <summary>Start a task.</summary>
    public sealed record Launch(TaskInfo Task) : ExecutorEvent;

    /// <summary>Start tasks that belong together.</summary>
    public sealed record LaunchGroup(IReadOnlyList<TaskInfo> Tasks) : ExecutorEvent;

    /// <summary>End a task.</summary>
    public sealed record Kill(TaskId Task, KillPolicy? Policy) : ExecutorEvent;

    /// <summary>The framework sent something.</summary>
    public sealed record MessageReceived(ByteString Data) : ExecutorEvent;

    /// <summary>The agent refused a call, or tells of an error of ours.</summary>
    public sealed record Failed(string Message) : ExecutorEvent;

    /// <summary>End all tasks and leave, within the grace period. The last event.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Shutdown(string Reason) : ExecutorEvent;
}
