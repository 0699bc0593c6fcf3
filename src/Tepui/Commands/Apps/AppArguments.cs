using System.CommandLine;

namespace Tepui.Commands.Apps;

/// <summary>Arguments and options that several commands about apps have.</summary>
internal static class AppArguments
{
    /// <summary>The app.</summary>
    public static Argument<string> Id() => new("ID") { Description = "The app's id, as in web or /shop/web" };

    /// <summary>One of its versions.</summary>
    public static Argument<string> Version() => new("VERSION") { Description = "One that 'tepui app versions' lists, the start of one, or 'previous'" };
}
