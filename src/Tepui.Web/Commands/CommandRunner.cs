using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tepui.Web.Layout;
using Tepui.Web.Pages.Dialogs;
using Tepui.Web.Rest;
using Tepui.Web.Services;

namespace Tepui.Web.Commands;

/// <summary>Turns what a dialog sends into requests to the services.</summary>
/// <param name="client">The services.</param>
/// <param name="feed">What is known of them.</param>
public sealed class CommandRunner(ServicesClient client, ServicesFeed feed)
{
    /// <summary>Does it.</summary>
    /// <returns>Why it was refused; null when it was done.</returns>
    public async Task<Refusal?> RunAsync(DialogKind kind, IFormCollection form, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(form);
        try
        {
            var target = new Target(form["on"].ToString(), form["force"] == "true" ? "?force=true" : "?force=false");
            var isPod = feed.Current.Apps.GetValueOrDefault(target.On)?.IsPod == true;
            var isGroup = !feed.Current.Apps.ContainsKey(target.On) && feed.Current.Groups.Contains(target.On);
            var answer = kind switch
            {
                DialogKind.Scale when isGroup => await ScaleGroupAsync(target, form["amount"].ToString(), cancel),
                DialogKind.Scale => await ScaleAsync(target, isPod, form["amount"].ToString(), cancel),
                DialogKind.Suspend when isGroup => await ScaleGroupAsync(target, "0", cancel),
                DialogKind.Suspend => await ScaleAsync(target, isPod, "0", cancel),
                DialogKind.Restart => await SendAsync(HttpMethod.Post, Path("v2/apps", target.On, "/restart" + target.Force), null, cancel),
                DialogKind.Destroy => await SendAsync(HttpMethod.Delete, Path(isPod ? "v2/pods" : isGroup ? "v2/groups" : "v2/apps", target.On, target.Force), null, cancel),
                DialogKind.Reset => await SendAsync(HttpMethod.Delete, Path("v2/queue", target.On, "/delay"), null, cancel),
                DialogKind.Kill or DialogKind.KillScale => await KillAsync(target, isPod, kind == DialogKind.KillScale, [.. form["task"].OfType<string>()], cancel),
                DialogKind.Revert => await RevertAsync(target, isPod, form["version"].ToString(), cancel),
                DialogKind.NewGroup => await NewGroupAsync(target, form["name"].ToString().Trim(), cancel),
                DialogKind.Stop => await SendAsync(HttpMethod.Delete, Path("v2/deployments", target.On, "?force=true"), null, cancel),
                DialogKind.Rollback => await SendAsync(HttpMethod.Delete, Path("v2/deployments", target.On, "?force=false"), null, cancel),
                _ => await SendAsync(HttpMethod.Post, Path("v2/deployments", target.On, "/" + DialogQuery.NameOf(kind)), null, cancel),
            };
            return answer.IsSuccess ? null : Refusal.Of(answer);
        }
        catch (RestUnavailableException e)
        {
            return Refusal.Of(e);
        }
    }

    /// <summary>Where to go when it is done: the page below the dialog, or the group of what is gone.</summary>
    public static string After(DialogKind kind, string on, string address)
    {
        ArgumentNullException.ThrowIfNull(on);
        var page = DialogQuery.Close(address);
        var gone = kind == DialogKind.Destroy && (page.Split('?')[0] is var path) && (path == Links.App(on) || path.StartsWith(Links.App(on) + "/", StringComparison.Ordinal));
        return gone && on != "/" ? Links.App(AppSummary.GroupOf(on)) : page;
    }

    private static string Path(string root, string id, string rest) => ServicesClient.PathOf(root, id, rest);

    private Task<ServicesAnswer> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancel) =>
        client.SendAsync(method, path, body?.ToJsonString(), cancel);

    private async Task<ServicesAnswer> ScaleAsync(Target target, bool isPod, string amount, CancellationToken cancel)
    {
        if (!int.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var instances))
        {
            return Refused($"'{amount}' is not a number of instances; it must be a whole number from 0.");
        }

        return isPod
            ? await ChangePodAsync(target, Path("v2/pods", target.On, ""), pod => pod["scaling"] = new JsonObject { ["kind"] = "fixed", ["instances"] = instances }, cancel)
            : await SendAsync(HttpMethod.Put, Path("v2/apps", target.On, target.Force), new JsonObject { ["instances"] = instances }, cancel);
    }

    private async Task<ServicesAnswer> ScaleGroupAsync(Target target, string amount, CancellationToken cancel) =>
        double.TryParse(amount, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && double.IsFinite(factor) && factor >= 0
            ? await SendAsync(HttpMethod.Put, Path("v2/groups", target.On, target.Force), new JsonObject { ["scaleBy"] = factor }, cancel)
            : Refused($"'{amount}' is not a factor; it must be a number from 0.");

    // Pods have no partial change: the whole is read, changed and written.
    private async Task<ServicesAnswer> ChangePodAsync(Target target, string source, Action<JsonObject> change, CancellationToken cancel)
    {
        if (await client.FindAsync(source, cancel) is not { } found)
        {
            return Refused($"There is no pod at {source}.");
        }

        var pod = JsonNode.Parse(found.GetRawText())!.AsObject();
        pod.Remove("version");
        change(pod);
        return await SendAsync(HttpMethod.Put, Path("v2/pods", target.On, target.Force), pod, cancel);
    }

    private async Task<ServicesAnswer> KillAsync(Target target, bool isPod, bool scale, IReadOnlyList<string> tasks, CancellationToken cancel)
    {
        var ids = new JsonArray([.. tasks.Select(task => (JsonNode)task)]);
        if (!isPod)
        {
            return await SendAsync(HttpMethod.Post, $"v2/tasks/delete{target.Force}&scale={(scale ? "true" : "false")}", new JsonObject { ["ids"] = ids }, cancel);
        }

        return scale
            ? Refused("Instances of a pod cannot be killed and scaled at once: scale the pod.")
            : await SendAsync(HttpMethod.Delete, Path("v2/pods", target.On, "::instances"), ids, cancel);
    }

    private async Task<ServicesAnswer> RevertAsync(Target target, bool isPod, string version, CancellationToken cancel) => isPod
        ? await ChangePodAsync(target, Path("v2/pods", target.On, $"::versions/{Uri.EscapeDataString(version)}"), _ => { }, cancel)
        : await SendAsync(HttpMethod.Put, Path("v2/apps", target.On, target.Force), new JsonObject { ["version"] = version }, cancel);

    private async Task<ServicesAnswer> NewGroupAsync(Target target, string name, CancellationToken cancel)
    {
        if (name.Trim('/').Length == 0)
        {
            return Refused("A group needs a name.");
        }

        var id = name.StartsWith('/') ? name : $"{target.On.TrimEnd('/')}/{name}";
        return await SendAsync(HttpMethod.Post, "v2/groups" + target.Force, new JsonObject { ["id"] = id.TrimEnd('/') }, cancel);
    }

    private static ServicesAnswer Refused(string message) =>
        new(HttpStatusCode.UnprocessableEntity, System.Text.Json.JsonElement.Parse(new JsonObject { ["message"] = message }.ToJsonString()), null);

    private sealed record Target(string On, string Force);
}
