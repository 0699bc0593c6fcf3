using System.Text.Json.Nodes;
using Tepui.Documents;
using Tepui.Services;

namespace Tepui.Applying;

/// <summary>What has to be done so that pods are as the documents say.</summary>
internal static class PodChanges
{
    /// <summary>One request about a pod.</summary>
    /// <param name="Change">What it changes.</param>
    /// <param name="Method">HTTP method.</param>
    /// <param name="Path">Path of the request.</param>
    /// <param name="Body">The pod; nothing for one that goes.</param>
    internal sealed record Request(PlannedChange Change, HttpMethod Method, string Path, JsonObject? Body);

    /// <summary>Compares the pods of a stack with those there are. What a document leaves out is not compared; scaling left out keeps the present number.</summary>
    public static IReadOnlyList<Request> Of(JsonNode? present, Stack stack)
    {
        var known = present.Items().Where(pod => pod.Text("id") is not null).ToDictionary(pod => pod.Text("id")!, StringComparer.Ordinal);
        var requests = stack.Pods.Select(pod => Of(known.GetValueOrDefault(pod.Id), pod)).OfType<Request>().ToList();
        var wanted = stack.Pods.Select(pod => pod.Id).ToHashSet(StringComparer.Ordinal);
        requests.AddRange(known.Keys
            .Where(id => !wanted.Contains(id) && stack.CompletePodGroups.Contains(ServicesPaths.Parent(id), StringComparer.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(id => new Request(new("pod", id, "remove", []), HttpMethod.Delete, ServicesPaths.Pod(id), null)));
        return requests;
    }

    private static Request? Of(JsonNode? present, StackDocument pod)
    {
        if (present is null)
        {
            return new(new("pod", pod.Id, "create", []), HttpMethod.Post, "/v2/pods", pod.Json);
        }

        var body = pod.Json.DeepClone().AsObject();
        if (!body.ContainsKey("scaling") && present.At("scaling") is { } scaling)
        {
            body["scaling"] = scaling.DeepClone();
        }

        var fields = DocumentDiff.Stated(present, body);
        var isScale = fields.All(field => field.Path.StartsWith("/scaling", StringComparison.Ordinal));
        return fields.Count == 0 ? null : new(new("pod", pod.Id, isScale ? "scale" : "update", fields), HttpMethod.Put, ServicesPaths.Pod(pod.Id), body);
    }
}
