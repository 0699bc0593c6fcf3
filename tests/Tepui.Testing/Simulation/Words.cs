using Tepui.Protocol.Link;
using Scheduler = Tepui.Protocol.V1.Scheduler;

namespace Tepui.Testing.Simulation;

/// <summary>Messages in few words, for the trace.</summary>
internal static class Words
{
    public static string Of(AgentFrame frame) => frame.MessageCase switch
    {
        AgentFrame.MessageOneofCase.Register => $"register {frame.Register.AgentInfo.Hostname}",
        AgentFrame.MessageOneofCase.Reregister => $"reregister {frame.Reregister.AgentInfo.Id.Value} epoch {frame.Reregister.EpochSeen} [{string.Join(" ", frame.Reregister.Tasks.Select(static task => $"{task.TaskId.Value}:{task.State}"))}]",
        AgentFrame.MessageOneofCase.StatusUpdate => $"update {Of(frame.StatusUpdate.Status)}",
        _ => frame.MessageCase.ToString(),
    };

    public static string Of(MasterFrame frame) => $"e{frame.Epoch} " + frame.MessageCase switch
    {
        MasterFrame.MessageOneofCase.Registered => $"registered {frame.Registered.AgentId.Value}",
        MasterFrame.MessageOneofCase.Reregistered => $"reregistered {frame.Reregistered.AgentId.Value} unknown [{string.Join(" ", frame.Reregistered.UnknownTasks.Select(static key => key.TaskId.Value))}]",
        MasterFrame.MessageOneofCase.RunTask => $"run {frame.RunTask.Task.TaskId.Value}",
        MasterFrame.MessageOneofCase.RunTaskGroup => $"run group {string.Join(" ", frame.RunTaskGroup.TaskGroup.Tasks.Select(static task => task.TaskId.Value))}",
        MasterFrame.MessageOneofCase.KillTask => $"kill {frame.KillTask.TaskId.Value}",
        MasterFrame.MessageOneofCase.AcknowledgeStatus => $"acknowledge {frame.AcknowledgeStatus.TaskId.Value} {Of(frame.AcknowledgeStatus.Uuid)}",
        MasterFrame.MessageOneofCase.ShutdownFramework => $"shutdown framework {frame.ShutdownFramework.FrameworkId.Value}",
        MasterFrame.MessageOneofCase.UpdateFramework => $"update framework {frame.UpdateFramework.Framework.Id.Value}",
        MasterFrame.MessageOneofCase.Shutdown => $"shutdown: {frame.Shutdown.Message}",
        _ => frame.MessageCase.ToString(),
    };

    public static string Of(Scheduler.Call call) => $"{call.FrameworkId?.Value} {call.Type}" + call.Type switch
    {
        Scheduler.Call.Types.Type.Accept => $" {string.Join(" ", call.Accept.Operations.SelectMany(static operation => operation.Launch?.TaskInfos ?? operation.LaunchGroup?.TaskGroup.Tasks ?? []).Select(static task => task.TaskId.Value))}",
        Scheduler.Call.Types.Type.Kill => $" {call.Kill.TaskId.Value}",
        Scheduler.Call.Types.Type.Acknowledge => $" {call.Acknowledge.TaskId.Value} {Of(call.Acknowledge.Uuid)}",
        Scheduler.Call.Types.Type.Reconcile => $" {string.Join(" ", call.Reconcile.Tasks.Select(static task => task.TaskId.Value))}",
        _ => "",
    };

    public static string Of(Scheduler.Event happened) => happened.Type + happened.Type switch
    {
        Scheduler.Event.Types.Type.Update => $" {Of(happened.Update.Status)}",
        Scheduler.Event.Types.Type.Error => $" {happened.Error.Message}",
        Scheduler.Event.Types.Type.Subscribed => $" {happened.Subscribed.FrameworkId.Value}",
        Scheduler.Event.Types.Type.Offers => $" {happened.Offers.Offers_.Count}",
        _ => "",
    };

    public static string Of(Protocol.V1.TaskStatus status) =>
        $"{status.TaskId.Value} {status.State}{(status.HasUuid ? $" {Of(status.Uuid)}" : "")}{(status.HasReason ? $" {status.Reason}" : "")}";

    private static string Of(Google.Protobuf.ByteString uuid) => Convert.ToHexString(uuid.Span[..Math.Min(3, uuid.Length)]);
}
