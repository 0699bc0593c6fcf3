using Tepui.Protocol.V1;
using VariableType = Tepui.Protocol.V1.Environment.Types.Variable.Types.Type;

namespace Tepui.Master.Core.Tasks.Problems;

/// <summary>What may be wrong with a command: its environment.</summary>
internal static class CommandProblems
{
    /// <summary>The first thing wrong, or <see langword="null"/>.</summary>
    public static string? Any(CommandInfo command)
    {
        foreach (var variable in command.Environment?.Variables ?? [])
        {
            if (Variable(variable) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>Whether a secret says one thing.</summary>
    public static string? SecretProblem(Secret secret) => secret.Type switch
    {
        Secret.Types.Type.Reference when secret.Reference is null => "Secret of type REFERENCE must have the 'reference' field set",
        Secret.Types.Type.Reference when secret.Value is not null => "Secret of type REFERENCE must not have the 'value' field set",
        Secret.Types.Type.Value when secret.Value is null => "Secret of type VALUE must have the 'value' field set",
        Secret.Types.Type.Value when secret.Reference is not null => "Secret of type VALUE must not have the 'reference' field set",
        Secret.Types.Type.Unknown => "Secret type must be REFERENCE or VALUE",
        _ => null,
    };

    private static string? Variable(Protocol.V1.Environment.Types.Variable variable)
    {
        var of = $"Environment variable '{variable.Name}' of type";
        switch (variable.Type)
        {
            case VariableType.Value:
                return !variable.HasValue ? $"{of} 'VALUE' must have a value set"
                    : variable.Secret is not null ? $"{of} 'VALUE' must not have a secret set"
                    : null;
            case VariableType.Secret when variable.Secret is null:
                return $"{of} 'SECRET' must have a secret set";
            case VariableType.Secret when variable.HasValue:
                return $"{of} 'SECRET' must not have a value set";
            case VariableType.Secret:
                return SecretProblem(variable.Secret) is { } problem ? $"Environment variable '{variable.Name}' specifies an invalid secret: {problem}"
                    : variable.Secret.Value is { } secret && secret.Data.Span.Contains((byte)0) ? $"{of} 'SECRET' must not contain a NUL byte"
                    : null;
            default:
                return "Environment variable of type 'UNKNOWN' is not allowed";
        }
    }
}
