using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Agent;
using Kind = Tepui.Protocol.V1.Agent.Call.Types.Type;

namespace Tepui.Agent.Http.Operator;

/// <summary>What must be true of an operator's call before anyone looks at what it is about.</summary>
internal static class OperatorRules
{
    private const int ContainerIdLengthMax = 242;

#pragma warning disable CS0612 // Older calls are known still.

    /// <summary>What is wrong with <paramref name="call"/>, or <see langword="null"/>.</summary>
    public static string? Problem(Call call) => call.HasType ? ProblemOf(call) : "Expecting 'type' to be present";

    private static string? ProblemOf(Call call) => call.Type switch
    {
        Kind.GetMetrics => Present(call.GetMetrics, "get_metrics"),
        Kind.SetLoggingLevel => Present(call.SetLoggingLevel, "set_logging_level"),
        Kind.ListFiles => Present(call.ListFiles, "list_files"),
        Kind.ReadFile => Present(call.ReadFile, "read_file"),
        Kind.LaunchNestedContainer => Nested(call.LaunchNestedContainer, call.LaunchNestedContainer?.ContainerId, "launch_nested_container"),
        Kind.WaitNestedContainer => Nested(call.WaitNestedContainer, call.WaitNestedContainer?.ContainerId, "wait_nested_container"),
        Kind.KillNestedContainer => Nested(call.KillNestedContainer, call.KillNestedContainer?.ContainerId, "kill_nested_container"),
        Kind.RemoveNestedContainer => Nested(call.RemoveNestedContainer, call.RemoveNestedContainer?.ContainerId, "remove_nested_container"),
        Kind.LaunchNestedContainerSession => Nested(call.LaunchNestedContainerSession, call.LaunchNestedContainerSession?.ContainerId, "launch_nested_container_session"),
        Kind.AttachContainerInput => Input(call.AttachContainerInput),
        Kind.AttachContainerOutput => Container(call.AttachContainerOutput, call.AttachContainerOutput?.ContainerId, "attach_container_output"),
        Kind.LaunchContainer => Container(call.LaunchContainer, call.LaunchContainer?.ContainerId, "launch_container"),
        Kind.WaitContainer => Container(call.WaitContainer, call.WaitContainer?.ContainerId, "wait_container"),
        Kind.KillContainer => Container(call.KillContainer, call.KillContainer?.ContainerId, "kill_container"),
        Kind.RemoveContainer => Container(call.RemoveContainer, call.RemoveContainer?.ContainerId, "remove_container"),
        Kind.AddResourceProviderConfig => Present(call.AddResourceProviderConfig, "add_resource_provider_config")
            ?? (call.AddResourceProviderConfig.Info.Id is null ? null : "Expecting 'add_resource_provider_config.info.id' to be unset"),
        Kind.UpdateResourceProviderConfig => Present(call.UpdateResourceProviderConfig, "update_resource_provider_config")
            ?? (call.UpdateResourceProviderConfig.Info.Id is null ? null : "Expecting 'update_resource_provider_config.info.id' to be unset"),
        Kind.RemoveResourceProviderConfig => Present(call.RemoveResourceProviderConfig, "remove_resource_provider_config"),
        Kind.MarkResourceProviderGone => Present(call.MarkResourceProviderGone, "mark_resource_provider_gone"),
        _ => null,
    };

    private static string? Present(object? member, string name) => member is null ? $"Expecting '{name}' to be present" : null;

    private static string? Container(object? member, ContainerID? id, string name) =>
        Present(member, name) ?? (IdProblem(id) is { } problem ? $"'{name}.container_id' is invalid: {problem}" : null);

    private static string? Nested(object? member, ContainerID? id, string name) =>
        Container(member, id, name) ?? Present(id?.Parent, $"{name}.container_id.parent");

    private static string? Input(Call.Types.AttachContainerInput? input) => Present(input, "attach_container_input")
        ?? (input!.HasType ? null : "Expecting 'attach_container_input.type' to be present")
        ?? (input.Type == Call.Types.AttachContainerInput.Types.Type.ContainerId ? Container(input, input.ContainerId, "attach_container_input") : null);

    /// <summary>A container's id is an id, short enough for a file name with something behind it, without dots and blanks; its parents' are so too.</summary>
    private static string? IdProblem(ContainerID? id)
    {
        for (; id is not null; id = id.Parent)
        {
            if (IdRule.Problem(id.Value) is { } problem)
            {
                return problem.StartsWith('\'') ? "'ContainerID.value' " + problem : "'ContainerID.value': " + problem;
            }

            if (id.Value.Length > ContainerIdLengthMax)
            {
                return $"'ContainerID.value' '{id.Value}' exceeds {ContainerIdLengthMax} characters";
            }

            if (id.Value.AsSpan().ContainsAny('.', ' '))
            {
                return $"'ContainerID.value' '{id.Value}' contains invalid characters";
            }
        }

        return null;
    }
}
