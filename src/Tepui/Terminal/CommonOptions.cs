using System.CommandLine;

namespace Tepui.Terminal;

/// <summary>Options that many commands have.</summary>
internal static class CommonOptions
{
    /// <summary>Where a server is: <c>--services</c> or <c>--jobs</c>.</summary>
    public static Option<string> Address(RestServer server) => new(server.Option)
    {
        Description = $"Address of the {server.Noun} (environment: {server.Variable})",
        HelpName = "URL",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(server.Variable) is { Length: > 0 } address ? address : $"http://127.0.0.1:{server.Port}",
    };

    /// <summary><c>--output</c></summary>
    public static Option<OutputFormat> Output()
    {
        var option = new Option<OutputFormat>("--output", "-o")
        {
            Description = "How to print: table (if not said) or json",
            HelpName = "table|json",
            CustomParser = result =>
            {
                switch (result.Tokens[^1].Value)
                {
                    case "table": return OutputFormat.Table;
                    case "json": return OutputFormat.Json;
                    case var other:
                        result.AddError($"--output is '{other}'; it must be table or json");
                        return OutputFormat.Table;
                }
            },
        };
        return option;
    }
}
