using Tepui.Web.Client;
using Tepui.Web.Cluster;
using Framework = Tepui.Protocol.V1.Master.Response.Types.GetFrameworks.Types.Framework;

namespace Tepui.Web.Pages.Frameworks;

/// <summary>One framework, ready to be shown.</summary>
public sealed record FrameworkRow(
    string Id,
    string Name,
    string User,
    string Roles,
    string Principal,
    string State,
    string Tone,
    int Active,
    int Ended,
    Amounts Allocated,
    DateTimeOffset? Registered,
    string? WebUi)
{
    /// <summary>All frameworks: connected ones first, then by name. Call it while the model is held.</summary>
    public static IReadOnlyList<FrameworkRow> All(ClusterModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var sums = Sum(model);
        return [.. model.Frameworks.Values
            .Select(framework => Of(framework, sums.GetValueOrDefault(framework.FrameworkInfo.Id.Value)))
            .OrderBy(row => row.State switch { "connected" => 0, "ended" => 2, _ => 1 })
            .ThenBy(row => row.Name, StringComparer.Ordinal)
            .ThenBy(row => row.Id, StringComparer.Ordinal)];
    }

    private static Dictionary<string, (int Active, int Ended, Amounts Allocated)> Sum(ClusterModel model)
    {
        var sums = new Dictionary<string, (int Active, int Ended, Amounts Allocated)>(StringComparer.Ordinal);
        foreach (var task in model.Tasks.Values)
        {
            var sum = sums.GetValueOrDefault(task.FrameworkId.Value);
            sums[task.FrameworkId.Value] = ClusterModel.IsEnded(task.State)
                ? sum with { Ended = sum.Ended + 1 }
                : (sum.Active + 1, sum.Ended, sum.Allocated + Amounts.Of(task.Resources));
        }

        return sums;
    }

    private static FrameworkRow Of(Framework framework, (int Active, int Ended, Amounts Allocated) sum)
    {
        var info = framework.FrameworkInfo;
        var (state, tone) = framework switch
        {
            { Connected: true, Active: true } => ("connected", "good"),
            { Connected: true } => ("inactive", "busy"),
            { UnregisteredTime.Nanoseconds: > 0 } => ("ended", "muted"),
            { Recovered: true } => ("recovered", "busy"),
            _ => ("disconnected", "bad"),
        };
        return new FrameworkRow(
            info.Id.Value,
            info.Name,
            info.User,
            info.Roles.Count > 0 ? string.Join(", ", info.Roles) : info.Role,
            info.Principal,
            state,
            tone,
            sum.Active,
            sum.Ended,
            sum.Allocated,
            Show.Time(framework.ReregisteredTime ?? framework.RegisteredTime),
            SafeLink(info.WebuiUrl));
    }

    // A framework may call itself anything; only web addresses become links.
    private static string? SafeLink(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) ? uri.ToString() : null;
}
