using System.Text.Json.Nodes;
using Tepui.Services.Core.Documents.Pods;
using Tepui.Services.Core.Documents.Rules;
using Tepui.Services.Core.Documents.Schemas;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Makes pods from what clients send: shape, defaults, rules, in this order.</summary>
public static class PodDocuments
{
    /// <summary>A new pod, or a full replacement.</summary>
    /// <param name="body">As sent.</param>
    /// <param name="context">Where it belongs.</param>
    public static DocumentResult<PodSpec> Create(JsonNode? body, DocumentContext context)
    {
        var opened = DocumentBody.Open(body, context.Id is null ? PodSchemas.Pod : PodSchemas.Update, context.Prefix);
        if (opened.Spec is not { } pod)
        {
            return new(null, opened.Refusal);
        }

        var id = context.Id ?? PathId.Resolve(pod.Text("id")!, context.Base);
        pod["id"] = id.Value;
        pod.Remove("version");
        pod.Remove("versionInfo");
        PodDefaults.Complete(pod, context.Options);
        pod.Default("role", () => RoleRules.Standard(id, context));

        var problems = new Problems();
        CheckForm(pod, problems);
        var spec = PodReader.Read(pod);
        PodRules.Check(spec, context, problems);
        return problems.Any ? new(null, problems.InvalidObject()) : new(spec, null);
    }

    // What the spec does not keep as it was written.
    private static void CheckForm(JsonObject pod, Problems problems)
    {
        var scheduling = pod.Object("scheduling");
        ConstraintRules.CheckObjects(scheduling?.Object("placement")?.List("constraints"), "/scheduling/placement/constraints", problems);
        ExtensionRules.CheckPolicy(scheduling?.Object("deployment"), "/scheduling/deployment", problems);
        VolumeRules.Constraints(pod.List("volumes"), "/volumes", problems);
        problems.Require(pod.Object("linuxInfo")?.ContainsKey("seccomp") is not true, "/linuxInfo/seccomp", "is possible in containers only");
        PartRules.Linux(PartReader.Linux(pod.Object("linuxInfo")), pod.Object("linuxInfo"), "/linuxInfo", problems);
        var containers = pod.List("containers")!;
        for (var index = 0; index < containers.Count; index++)
        {
            var linux = ((JsonObject)containers[index]!).Object("linuxInfo");
            PartRules.Linux(PartReader.Linux(linux), linux, $"/containers({index})/linuxInfo", problems);
        }
    }
}
