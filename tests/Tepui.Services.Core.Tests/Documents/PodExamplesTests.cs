using System.Text;
using System.Text.Json.Nodes;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Tests.Documents.Support;

namespace Tepui.Services.Core.Tests.Documents;

public sealed class PodExamplesTests
{
    public static TheoryData<string> Created() => new(Example.Names("POST /v2/pods").Where(name => Example.Read(name).Status == 201));

    public static TheoryData<string> Refused() => new(Example.Names("POST /v2/pods").Where(name => Example.Read(name).Status == 422));

    [Theory, MemberData(nameof(Created))]
    public void Create_AcceptedExample_GivesAPodThatReadsBackTheSame(string name)
    {
        var example = Example.Read(name);

        var pod = Parse.Taken(PodDocuments.Create(example.Body, Parse.Context(new ServicesOptions { Features = example.Features })));

        var written = PodDocument.Write(pod);
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(PodDocument.Write(PodDocument.Read(written))));
        Assert.True(SpecComparison.Same(pod, Parse.Taken(PodDocuments.Create(JsonNode.Parse(written), Parse.Context()))));
    }

    [Theory, MemberData(nameof(Refused))]
    public void Create_RefusedExample_NamesExactlyItsPlaces(string name)
    {
        var example = Example.Read(name);

        var refusal = PodDocuments.Create(example.Body, Parse.Context(new ServicesOptions { Features = example.Features })).Refusal;

        Assert.Equal(example.Message, refusal!.Message);
        Assert.Equal(example.Errors.Select(error => error.Split(" (")[0]), refusal.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public void Create_MinimalPod_GetsTheDefaults()
    {
        var pod = Parse.Taken(PodDocuments.Create(Example.Read("pod-minimal-host").Body, Parse.Context()));

        var json = JsonNode.Parse(PodDocument.Write(pod))!;
        Assert.Equal("""{"id":"/pond/newt","containers":[{"name":"one","exec":{"command":{"shell":"sleep 900"}},"resources":{"cpus":0.1,"mem":16,"disk":0,"gpus":0},"endpoints":[{"name":"in","hostPort":0,"protocol":["udp","tcp"]}]}],"scaling":{"kind":"fixed","instances":1},"scheduling":{"backoff":{"backoff":1,"backoffFactor":1.15,"maxLaunchDelay":300},"upgrade":{"maximumOverCapacity":1,"minimumHealthCapacity":1},"placement":{},"killSelection":"YOUNGEST_FIRST","unreachableStrategy":{"inactiveAfterSeconds":0,"expungeAfterSeconds":0}},"executorResources":{"cpus":0.1,"mem":32,"disk":10},"role":"*"}""", json.ToJsonString());
    }

    [Fact]
    public void Demand_Pod_AddsTheExecutorOnce()
    {
        var pod = Parse.Pod("{'id':'/p','containers':[{'name':'a','resources':{'cpus':0.5,'mem':64},'exec':{'command':{'shell':'sleep 1'}}},{'name':'b','resources':{'cpus':0.25,'mem':32,'disk':5},'exec':{'command':{'argv':['sleep','1']}}}]}");

        Assert.Equal(new(0.85, 128, 15, 0), pod.Demand);
    }
}
