using Tepui.Runtime.Flags;
using Tepui.Terminal;

namespace Tepui.Settings;

/// <summary>Reads a component's flags from the command line and the environment.</summary>
internal static class FlagReader
{
    /// <summary>All flags, checked; those without effect are remarked on.</summary>
    /// <param name="table">The flags there are.</param>
    /// <param name="arguments">The command line after the command's name.</param>
    /// <param name="defaults">Values for flags that have no default of their own and were not given.</param>
    /// <exception cref="CommandFailure">Something is wrong; all of it is listed.</exception>
    public static FlagValues Read(FlagTable table, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> defaults)
    {
        try
        {
            var flags = FlagParser.Parse(table, arguments, Environment.GetEnvironmentVariable);
            var missing = defaults.Where(pair => flags.Text(pair.Key) is null).Select(pair => $"--{pair.Key}={pair.Value}").ToList();
            if (missing.Count > 0)
            {
                flags = FlagParser.Parse(table, [.. arguments, .. missing], Environment.GetEnvironmentVariable);
            }

            foreach (var warning in flags.Warnings)
            {
                Console.Error.WriteLine($"tepui: {warning}");
            }

            return flags;
        }
        catch (FlagException wrong)
        {
            throw new CommandFailure(ExitCode.Usage, wrong.Message);
        }
    }
}
