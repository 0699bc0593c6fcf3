using System.CommandLine;

namespace Tepui.Commands.Deployments;

/// <summary>Arguments that several commands about deployments have.</summary>
internal static class DeploymentArguments
{
    /// <summary>The deployment.</summary>
    public static Argument<string?> Id() => new("ID")
    {
        Description = "The deployment's id, the start of it, or an app that it changes (default: the only one under way)",
        Arity = ArgumentArity.ZeroOrOne,
    };
}
