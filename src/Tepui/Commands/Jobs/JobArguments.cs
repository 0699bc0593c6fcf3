using System.CommandLine;

namespace Tepui.Commands.Jobs;

/// <summary>Arguments and options that several commands about jobs have.</summary>
internal static class JobArguments
{
    /// <summary>The job.</summary>
    public static Argument<string> Name() => new("NAME") { Description = "The job's name" };

    /// <summary>One of its runs.</summary>
    public static Argument<long?> Run(string otherwise) => new("RUN") { Description = $"Number of the run, as 'tepui job runs' lists it (default: {otherwise})", Arity = ArgumentArity.ZeroOrOne };
}
