using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Call = Tepui.Protocol.V1.Executor.Call;
using CallType = Tepui.Protocol.V1.Executor.Call.Types.Type;

namespace Tepui.Agent.Core.Executors;

/// <summary>What is wrong with an executor's call, in the words clients of Mesos know.</summary>
internal static class ExecutorCallProblems
{
    private const int UuidBytes = 16;

    public static string? Of(Call call)
    {
        if (call.ExecutorId is null)
        {
            return "Expecting 'executor_id' to be present";
        }

        if (call.FrameworkId is null)
        {
            return "Expecting 'framework_id' to be present";
        }

        return call switch
        {
            { HasType: false } => "Expecting 'type' to be present",
            { Type: CallType.Update } => OfUpdate(FrameworkId.From(call.FrameworkId), ExecutorId.From(call.ExecutorId), call.Update),
            { Type: CallType.Message, Message: null } => "Expecting 'message' to be present",
            { Type: CallType.Subscribe, Subscribe: null } => "Expecting 'subscribe' to be present",
            _ => null,
        };
    }

    public static string? OfUpdate(FrameworkId framework, ExecutorId executor, Call.Types.Update? update)
    {
        if (update?.Status is not { } status)
        {
            return "Expecting 'update' to be present";
        }

        if (!status.HasUuid)
        {
            return "Expecting 'uuid' to be present";
        }

        if (!IsUuid(status.Uuid.Span))
        {
            return "Not a valid UUID";
        }

        if (status.ExecutorId is { } named && named.Value != executor.Value)
        {
            return $"ExecutorID in Call: {executor} does not match ExecutorID in TaskStatus: {named.Value}";
        }

        if (status.TaskId is null || IdRule.Problem(status.TaskId.Value) is not null)
        {
            return "Expecting 'task_id' to be a valid id";
        }

        if (status.Source != TaskStatus.Types.Source.Executor || !status.HasSource)
        {
            return $"Received Call from executor {executor} of framework {framework} with invalid source, expecting 'SOURCE_EXECUTOR'";
        }

        if (status.State == TaskState.TaskStaging)
        {
            return $"Received TASK_STAGING from executor {executor} of framework {framework} which is not allowed";
        }

        return status.CheckStatus is { } check ? OfCheckStatus(check) : null;
    }

    private static string? OfCheckStatus(CheckStatusInfo check)
    {
        var problem = check switch
        {
            { HasType: false } => "must specify 'type'",
            { Type: CheckInfo.Types.Type.Command, Command: null } => "expecting 'command' to be set for COMMAND check's status",
            { Type: CheckInfo.Types.Type.Http, Http: null } => "expecting 'http' to be set for HTTP check's status",
            { Type: CheckInfo.Types.Type.Tcp, Tcp: null } => "expecting 'tcp' to be set for TCP check's status",
            { Type: CheckInfo.Types.Type.Unknown } => "'UNKNOWN' is not a valid check's status type",
            _ => null,
        };
        return problem is null ? null : $"CheckStatusInfo is invalid: {problem}";
    }

    /// <summary>16 bytes with a version from 1 to 5.</summary>
    private static bool IsUuid(ReadOnlySpan<byte> uuid) => uuid.Length == UuidBytes && (uuid[6] >> 4) is >= 1 and <= 5;
}
