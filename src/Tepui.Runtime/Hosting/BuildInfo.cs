using System.Globalization;
using System.Reflection;
using Tepui.Protocol.V1;

namespace Tepui.Runtime.Hosting;

/// <summary>Which build this is.</summary>
public static class BuildInfo
{
    /// <summary>The release of the v1 API that is spoken; clients compare it with what they need, so it is what <c>version</c> says everywhere on the wire.</summary>
    public const string ApiVersion = "1.12.0";

    /// <summary>Tepui's own version.</summary>
    public static string Version { get; } = typeof(BuildInfo).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>When the assembly was written, the nearest there is to a build time.</summary>
    public static DateTimeOffset Built { get; } = BuildTime();

    /// <summary>As <c>/version</c> and GET_VERSION answer.</summary>
    public static VersionInfo Wire() => new()
    {
        Version = ApiVersion,
        BuildDate = Built.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture),
        BuildTime = Built.ToUnixTimeSeconds(),
        BuildUser = "",
        GitTag = "tepui-" + Version,
    };

    private static DateTimeOffset BuildTime()
    {
        // A single-file program has no path of its own for this assembly; its executable then stands for it.
        var path = Path.Join(AppContext.BaseDirectory, Assembly.GetExecutingAssembly().GetName().Name + ".dll");
        var file = File.Exists(path) ? path : System.Environment.ProcessPath;
        return file is null ? DateTimeOffset.UnixEpoch : new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero);
    }
}
