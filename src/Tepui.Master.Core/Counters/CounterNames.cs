using System.Text;
using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Counters;

/// <summary>Names of the master's counters, as dashboards know them.</summary>
internal static class CounterNames
{
    public const string AgentRegistrations = "master/slave_registrations";
    public const string AgentReregistrations = "master/slave_reregistrations";
    public const string AgentRemovals = "master/slave_removals";
    public const string AgentRemovalsUnhealthy = "master/slave_removals/reason_unhealthy";
    public const string AgentRemovalsUnregistered = "master/slave_removals/reason_unregistered";
    public const string AgentRemovalsRegistered = "master/slave_removals/reason_registered";
    public const string AgentUnreachableScheduled = "master/slave_unreachable_scheduled";
    public const string AgentUnreachableCompleted = "master/slave_unreachable_completed";
    public const string AgentUnreachableCanceled = "master/slave_unreachable_canceled";
    public const string RecoveryAgentRemovals = "master/recovery_slave_removals";
    public const string DroppedMessages = "master/dropped_messages";

    public const string MessagesRegisterFramework = "master/messages_register_framework";
    public const string MessagesReregisterFramework = "master/messages_reregister_framework";
    public const string MessagesUnregisterFramework = "master/messages_unregister_framework";
    public const string MessagesKillTask = "master/messages_kill_task";
    public const string MessagesAcknowledge = "master/messages_status_update_acknowledgement";
    public const string MessagesAcknowledgeOperation = "master/messages_operation_status_update_acknowledgement";
    public const string MessagesRequest = "master/messages_resource_request";
    public const string MessagesLaunch = "master/messages_launch_tasks";
    public const string MessagesDecline = "master/messages_decline_offers";
    public const string MessagesRevive = "master/messages_revive_offers";
    public const string MessagesSuppress = "master/messages_suppress_offers";
    public const string MessagesReconcileOperations = "master/messages_reconcile_operations";
    public const string MessagesReconcileTasks = "master/messages_reconcile_tasks";
    public const string MessagesToExecutor = "master/messages_framework_to_executor";
    public const string MessagesToFramework = "master/messages_executor_to_framework";
    public const string MessagesRegisterAgent = "master/messages_register_slave";
    public const string MessagesReregisterAgent = "master/messages_reregister_slave";
    public const string MessagesUnregisterAgent = "master/messages_unregister_slave";
    public const string MessagesStatusUpdate = "master/messages_status_update";
    public const string MessagesExitedExecutor = "master/messages_exited_executor";

    public const string ValidToExecutor = "master/valid_framework_to_executor_messages";
    public const string InvalidToExecutor = "master/invalid_framework_to_executor_messages";
    public const string ValidToFramework = "master/valid_executor_to_framework_messages";
    public const string InvalidToFramework = "master/invalid_executor_to_framework_messages";
    public const string ValidUpdates = "master/valid_status_updates";
    public const string InvalidUpdates = "master/invalid_status_updates";
    public const string ValidAcknowledgements = "master/valid_status_update_acknowledgements";
    public const string InvalidAcknowledgements = "master/invalid_status_update_acknowledgements";
    public const string InvalidOperationAcknowledgements = "master/invalid_operation_status_update_acknowledgements";

    public const string OperationsError = "master/operations/error";
    public const string OperationsDropped = "master/operations/dropped";

    /// <summary>Counters shown from the start, at zero.</summary>
    public static IEnumerable<string> Always { get; } =
    [
        AgentRegistrations, AgentReregistrations, AgentRemovals, AgentRemovalsUnhealthy, AgentRemovalsUnregistered, AgentRemovalsRegistered,
        "master/slave_shutdowns_scheduled", "master/slave_shutdowns_completed", "master/slave_shutdowns_canceled",
        AgentUnreachableScheduled, AgentUnreachableCompleted, AgentUnreachableCanceled, RecoveryAgentRemovals, DroppedMessages,
        MessagesRegisterFramework, MessagesReregisterFramework, MessagesUnregisterFramework, "master/messages_deactivate_framework",
        MessagesKillTask, MessagesAcknowledge, MessagesAcknowledgeOperation, MessagesRequest, MessagesLaunch, MessagesDecline,
        MessagesRevive, MessagesSuppress, MessagesReconcileOperations, MessagesReconcileTasks, MessagesToExecutor, MessagesToFramework,
        MessagesRegisterAgent, MessagesReregisterAgent, MessagesUnregisterAgent, MessagesStatusUpdate,
        "master/messages_operation_status_update", MessagesExitedExecutor, "master/messages_update_slave", "master/messages_authenticate",
        ValidToExecutor, InvalidToExecutor, ValidToFramework, InvalidToFramework, ValidUpdates, InvalidUpdates,
        ValidAcknowledgements, InvalidAcknowledgements, "master/valid_operation_status_updates", "master/invalid_operation_status_updates",
        "master/valid_operation_status_update_acknowledgements", InvalidOperationAcknowledgements,
        "master/tasks_finished", "master/tasks_failed", "master/tasks_killed", "master/tasks_lost", "master/tasks_error",
        "master/tasks_dropped", "master/tasks_gone", "master/tasks_gone_by_operator",
        "master/operations/finished", "master/operations/failed", OperationsError, OperationsDropped, "master/operations/gone_by_operator",
    ];

    /// <summary>The counter of tasks that ended in <paramref name="state"/>; <see langword="null"/> for states that are no end.</summary>
    public static string? Ended(TaskState state) => state switch
    {
        TaskState.TaskFinished => "master/tasks_finished",
        TaskState.TaskFailed => "master/tasks_failed",
        TaskState.TaskKilled => "master/tasks_killed",
        TaskState.TaskLost => "master/tasks_lost",
        TaskState.TaskError => "master/tasks_error",
        TaskState.TaskDropped => "master/tasks_dropped",
        TaskState.TaskGone => "master/tasks_gone",
        TaskState.TaskGoneByOperator => "master/tasks_gone_by_operator",
        _ => null,
    };

    /// <summary>The counter of one way to end; agents go by their older name there.</summary>
    public static string Detail(TaskState state, TaskStatus.Types.Source source, TaskStatus.Types.Reason reason) =>
        $"master/{Snake(state.ToString())}/source_{Older(Snake(source.ToString()))}/reason_{Older(Snake(reason.ToString()))}";

    /// <summary>The name of an enum value as metrics write it, as in <c>task_finished</c>.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    private static string Older(string name) => name.Replace("agent", "slave", StringComparison.Ordinal);
}
