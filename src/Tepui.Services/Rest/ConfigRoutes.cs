using Tepui.Runtime.Flags;
using Tepui.Runtime.Rest;

namespace Tepui.Services.Rest;

/// <summary>The flags in force.</summary>
internal sealed class ConfigRoutes(ServicesSettings settings)
{
    private static readonly string[] Secret = ["http_credentials", "mesos_authentication_secret"];

    /// <summary>Adds the route.</summary>
    public void Map(RestRouter router) => router.Map("GET", "/config", ShowAsync);

    private Task ShowAsync(RestCall call) => RestAnswer.JsonAsync(call.Context, json =>
    {
        var flags = settings.Flags ?? FlagParser.Parse(FlagTable.Services, [$"--work_dir={settings.WorkDirectory}"], _ => null);
        json.WriteStartObject();
        foreach (var (name, value) in flags.Printed)
        {
            json.WriteString(name, Secret.Contains(name, StringComparer.Ordinal) ? "***" : value);
        }

        json.WriteEndObject();
    });
}
