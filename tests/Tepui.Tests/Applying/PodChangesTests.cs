using System.Text.Json.Nodes;
using Tepui.Applying;
using Tepui.Documents;

namespace Tepui.Tests.Applying;

public sealed class PodChangesTests
{
    private const string Present = """[{"id":"/shop/p","containers":[{"name":"a","resources":{"cpus":0.1,"mem":32,"disk":0}}],"scaling":{"kind":"fixed","instances":3}},{"id":"/shop/old","containers":[]}]""";

    [Fact]
    public void Pod_AsItIs_NeedsNothing() => Assert.Empty(Of("id: /shop/p\ncontainers: [{name: a, resources: {cpus: 0.10, mem: 32}}]\n"));

    [Fact]
    public void Pod_Changed_IsSentWithItsPresentNumber()
    {
        var request = Assert.Single(Of("id: /shop/p\ncontainers: [{name: a, resources: {cpus: 0.2, mem: 32}}]\n"));

        Assert.Equal((HttpMethod.Put, "/v2/pods/shop/p", "update"), (request.Method, request.Path, request.Change.Change));
        Assert.Equal("/containers(0)/resources/cpus", Assert.Single(request.Change.Fields).Path);
        Assert.Equal(3, request.Body.Count("scaling", "instances"));
    }

    [Fact]
    public void Pod_WithAnotherNumber_IsAScale()
    {
        var request = Assert.Single(Of("id: /shop/p\ncontainers: [{name: a}]\nscaling: {instances: 5}\n"));

        Assert.Equal("scale", request.Change.Change);
    }

    [Fact]
    public void Pods_OfAGroup_AreComplete()
    {
        var requests = Of("id: /shop\npods: [{id: new, containers: []}]\n");

        Assert.Equal(["create /shop/new", "remove /shop/old", "remove /shop/p"], requests.Select(request => $"{request.Change.Change} {request.Change.Id}"));
    }

    private static IReadOnlyList<PodChanges.Request> Of(string yaml) => PodChanges.Of(JsonNode.Parse(Present), StackReader.Read(DocumentText.Parse("s.yaml", yaml)));
}
