using System.CommandLine;

namespace Tepui.Commands.Pods;

/// <summary>Arguments that several commands about pods have.</summary>
internal static class PodArguments
{
    /// <summary>The pod.</summary>
    public static Argument<string> Id() => new("ID") { Description = "The pod's id, as in web or /shop/web" };
}
