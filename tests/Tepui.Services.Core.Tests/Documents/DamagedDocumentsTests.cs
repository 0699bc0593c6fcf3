using System.Text.Json.Nodes;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Documents.Support;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Tests.Documents;

/// <summary>Whatever a client sends is taken or refused; nothing ends the step.</summary>
public sealed class DamagedDocumentsTests
{
    private static readonly string[] Values =
        ["null", "true", "0", "-1", "1.5", "1e308", "1e999", "99999999999", "\"\"", "\"x\"", "\"..\"", "\"/\"", "\"*\"", "\"(\"", "\"%\"", "\"2031-04-05T06:07:08.123Z\"", "[]", "[[]]", "[null]", "[{}]", "{}", "{\"a\":{}}", "{\"\":\"\"}", "\"\\u0000\""];

    private static readonly AppSpec Present = Parse.App("{'id':'/g/present','role':'g','cmd':'sleep 1','container':{'type':'MESOS','volumes':[{'containerPath':'d','mode':'RW','persistent':{'size':8}}]}}");

    private static readonly string[] Requests = ["POST /v2/apps", "POST /v2/pods", "POST /v2/groups"];

    public static TheoryData<string> Names() => new(Requests.SelectMany(Example.Names));

    [Theory, MemberData(nameof(Names))]
    public void Create_ExampleWithAnyPartReplaced_IsTakenOrRefusedWithAReason(string name)
    {
        var example = Example.Read(name);
        var places = Count(example.Body);
        for (var place = 0; place < places; place++)
        {
            foreach (var value in Values)
            {
                var body = JsonNode.Parse(example.Body.ToJsonString())!;
                var index = place;
                var damaged = Replace(body, JsonNode.Parse(value), ref index) ?? JsonNode.Parse(value);
                Judge(example.Request, damaged);
            }
        }
    }

    private static void Judge(string request, JsonNode? body)
    {
        try
        {
            switch (request)
            {
                case "POST /v2/apps":
                    Answered(AppDocuments.Create(body, Parse.Context()));
                    Answered(AppDocuments.Update(Present, body, Parse.Context(tree: ServiceTree.Empty.With(Present))));
                    break;
                case "POST /v2/pods":
                    Answered(PodDocuments.Create(body, Parse.Context()));
                    break;
                default:
                    Answered(GroupDocuments.Apply(GroupDocuments.IdOf(body, PathId.Root), body, Parse.Context(), default));
                    break;
            }
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{body?.ToJsonString()}\n{e}");
        }
    }

    // What is taken can be stored, and the tree it makes can be judged.
    private static void Answered<T>(DocumentResult<T> result)
        where T : class
    {
        Assert.True(result.Spec is null != result.Refusal is null);
        switch (result.Spec)
        {
            case AppSpec app: Assert.True(SpecComparison.Same(app, AppDocument.Read(AppDocument.Write(app)))); break;
            case PodSpec pod: Assert.True(SpecComparison.Same(pod, PodDocument.Read(PodDocument.Write(pod)))); break;
            case ServiceTree tree: TreeRules.Check(tree); ServicePorts.Assign(ServiceTree.Empty, tree, Parse.Options); break;
            default: Assert.NotEmpty(result.Refusal!.Problems); break;
        }
    }

    private static int Count(JsonNode? node) => 1 + node switch
    {
        JsonObject members => members.Sum(member => Count(member.Value)),
        JsonArray items => items.Sum(Count),
        _ => 0,
    };

    // Places are numbered in the order of the document; the document itself is the last resort of the caller.
    private static JsonNode? Replace(JsonNode node, JsonNode? value, ref int place)
    {
        if (place-- == 0)
        {
            return null;
        }

        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members.ToArray())
                {
                    if (member is null || Replace(member, value, ref place) is null)
                    {
                        members[name] = value;
                        return node;
                    }

                    if (place < 0)
                    {
                        return node;
                    }
                }

                break;
            case JsonArray items:
                for (var index = 0; index < items.Count; index++)
                {
                    if (items[index] is not { } item || Replace(item, value, ref place) is null)
                    {
                        items[index] = value;
                        return node;
                    }

                    if (place < 0)
                    {
                        return node;
                    }
                }

                break;
        }

        return node;
    }
}
