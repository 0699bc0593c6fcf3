using System.CommandLine;

namespace Tepui.Commands.Groups;

/// <summary>Arguments that several commands about groups have.</summary>
internal static class GroupArguments
{
    /// <summary>The group.</summary>
    public static Argument<string> Id() => new("ID") { Description = "The group's id, as in shop or /shop/back; / is the group of everything" };
}
