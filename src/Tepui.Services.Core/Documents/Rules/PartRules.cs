using System.Text.Json.Nodes;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Rules;

/// <summary>Rules on parts that apps and pods share.</summary>
internal static class PartRules
{
    private static readonly char[] NoVariable = ['=', '\0'];

    /// <summary>Name of the feature that allows secrets.</summary>
    public const string SecretsFeature = "secrets";

    /// <summary>Sources of secrets, and whether secrets are allowed at all.</summary>
    public static void Secrets(RunSpec spec, ServicesOptions options, Problems problems)
    {
        problems.Require(spec.Secrets.Count == 0 || options.Features.Contains(SecretsFeature), "/secrets", "the feature secrets is not enabled");
        foreach (var (name, source) in spec.Secrets)
        {
            problems.Require(source.Length > 0, $"/secrets/{name}/source", "must not be empty");
        }
    }

    /// <summary>References of an environment to secrets.</summary>
    public static void Env(IReadOnlyDictionary<string, EnvValue> env, RunSpec spec, string path, ServicesOptions options, Problems problems)
    {
        foreach (var (name, value) in env)
        {
            problems.Require(name.Length > 0 && name.IndexOfAny(NoVariable) < 0, $"{path}/{name}", "is not the name of a variable: it must not be empty and not contain '=' or the character 0");
            problems.Require(value.Text?.Contains('\0', StringComparison.Ordinal) is not true, $"{path}/{name}", "must not contain the character 0: no process can be given it");
            if (value.Secret is { } secret)
            {
                problems.Require(options.Features.Contains(SecretsFeature), path, "the feature secrets is not enabled");
                problems.Require(spec.Secrets.ContainsKey(secret), $"{path}/{name}/secret", Undefined(secret));
            }
        }
    }

    /// <summary>For messages.</summary>
    public static string Undefined(string secret) => $"the secret '{secret}' is not defined in secrets";

    public static void Unreachable(UnreachableStrategy? strategy, string path, Problems problems)
    {
        if (strategy is not null)
        {
            problems.Require(strategy.InactiveAfter <= strategy.ExpungeAfter, $"{path}/inactiveAfterSeconds",
                $"{strategy.InactiveAfter.TotalSeconds:0} must not be greater than expungeAfterSeconds, {strategy.ExpungeAfter.TotalSeconds:0}");
        }
    }

    public static void Limits(ResourceLimits? limits, double cpus, double mem, string path, Problems problems)
    {
        problems.Require(limits?.Cpus is not { } cpu || cpu >= cpus, $"{path}/cpus", $"the limit {limits?.Cpus} is below the request, {cpus}");
        problems.Require(limits?.Mem is not { } memory || memory >= mem, $"{path}/mem", $"the limit {limits?.Mem} is below the request, {mem}");
    }

    public static void Artifacts(IReadOnlyList<Artifact> artifacts, string path, Problems problems)
    {
        for (var index = 0; index < artifacts.Count; index++)
        {
            problems.Require(IsUri(artifacts[index].Uri), $"{path}({index})/uri", $"'{artifacts[index].Uri}' is not a URI");
        }
    }

    public static void Linux(LinuxSettings? linux, JsonObject? document, string path, Problems problems)
    {
        if (linux is null)
        {
            return;
        }

        if (document?.Object("seccomp") is not null)
        {
            var isOne = linux.SeccompUnconfined is true ? linux.SeccompProfile is null : linux.SeccompProfile is not null;
            problems.Require(isOne, $"{path}/seccomp", "is either unconfined or has a profileName");
        }

        problems.Require(linux.ShmSize is null || linux.IpcMode == "PRIVATE", $"{path}/ipcInfo/shmSize", $"goes with the mode PRIVATE only, not {linux.IpcMode}");
    }

    /// <summary>Whether a text is a URI: no blanks, control characters or reserved marks, percent signs with two hexadecimal digits, something behind the scheme.</summary>
    public static bool IsUri(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (char.IsWhiteSpace(character) || char.IsControl(character) || "\"<>\\^`{|}".Contains(character, StringComparison.Ordinal)
                || (character == '%' && !(index + 2 < text.Length && char.IsAsciiHexDigit(text[index + 1]) && char.IsAsciiHexDigit(text[index + 2]))))
            {
                return false;
            }
        }

        return text.Length > 0 && text[^1] != ':' && text[0] != ':';
    }
}
