using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core;

/// <summary>Keys of the store; services.proto says what lies there.</summary>
public static class StoreKeys
{
    /// <summary>The framework id.</summary>
    public const string Framework = "framework";

    /// <summary>The present version of an app or pod.</summary>
    public static string Spec(PathId id) => "specs" + id.Value;

    /// <summary>An earlier version of an app or pod.</summary>
    public static string SpecVersion(PathId id, DateTimeOffset version) => $"versions{id.Value}@{version.ToUnixTimeMilliseconds()}";

    /// <summary>A group.</summary>
    public static string Group(PathId id) => "groups" + id.Value;

    /// <summary>A change of the tree.</summary>
    public static string Change(DateTimeOffset version) => $"changes/{version.ToUnixTimeMilliseconds():d14}";

    /// <summary>An instance.</summary>
    public static string Instance(InstanceId id) => "instances/" + id.Value;

    /// <summary>A deployment.</summary>
    public static string Deployment(string id) => "deployments/" + id;

    /// <summary>The last failure of an app or pod.</summary>
    public static string Failure(PathId id) => "failures" + id.Value;

    /// <summary>A callback subscriber.</summary>
    public static string Callback(string url) => "callbacks/" + url;

    /// <summary>An answer already given.</summary>
    public static string Request(string key) => "requests/" + key;

    /// <summary>The last decision of the autoscaler.</summary>
    public static string Scaling(PathId id) => "scaling" + id.Value;
}
