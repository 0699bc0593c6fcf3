using System.Text;
using System.Text.Json.Nodes;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Tests.Documents.Support;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Tests.Documents;

public sealed class AppExamplesTests
{

    public static TheoryData<string> Created() => new(Example.Names("POST /v2/apps").Where(name => Example.Read(name).Status == 201));

    public static TheoryData<string> Refused() => new(Example.Names("POST /v2/apps").Where(name => Example.Read(name).Status == 422));

    [Theory, MemberData(nameof(Created))]
    public void Create_AcceptedExample_GivesAnAppThatReadsBackTheSame(string name)
    {
        var example = Example.Read(name);
        var options = new ServicesOptions { Features = example.Features };

        var app = Parse.Taken(AppDocuments.Create(example.Body, Parse.Context(options)));

        var written = AppDocument.Write(app);
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(AppDocument.Write(AppDocument.Read(written))));
        Assert.Equal(example.Body["id"]!.GetValue<string>(), app.Id.Value);
    }

    [Theory, MemberData(nameof(Created))]
    public void Create_CanonicalForm_IsTakenAgainUnchanged(string name)
    {
        var example = Example.Read(name);
        var options = new ServicesOptions { Features = example.Features };
        var app = Parse.Taken(AppDocuments.Create(example.Body, Parse.Context(options)));

        var again = Parse.Taken(AppDocuments.Create(JsonNode.Parse(AppDocument.Write(app)), Parse.Context(options)));

        Assert.True(SpecComparison.Same(app, again));
    }

    [Theory, MemberData(nameof(Created))]
    public void Update_WithNothing_ChangesNothingButWhatUpdatesClear(string name)
    {
        var example = Example.Read(name);
        var options = new ServicesOptions { Features = example.Features };
        var app = Parse.Taken(AppDocuments.Create(example.Body, Parse.Context(options)));

        var updated = Parse.Taken(AppDocuments.Update(app, new JsonObject(), Parse.Context(options, ServiceTree.Empty.With(app))));

        Assert.True(SpecComparison.Same(app with { ExecutorResources = null, ResourceLimits = null }, updated));
    }

    [Theory, MemberData(nameof(Created))]
    public void Create_WithoutTheFeatures_IsRefused(string name)
    {
        var example = Example.Read(name);
        if (example.Features.Count == 0)
        {
            return;
        }

        var made = AppDocuments.Create(example.Body, Parse.Context(new ServicesOptions()));

        Assert.Contains(Parse.Lines(made), line => line.Contains("not enabled", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Refused))]
    public void Create_RefusedExample_NamesEveryPlace(string name)
    {
        var example = Example.Read(name);

        var refusal = AppDocuments.Create(example.Body, Parse.Context(new ServicesOptions { Features = example.Features })).Refusal;

        Assert.NotNull(refusal);
        Assert.Equal(example.Message, refusal.Message);
        foreach (var error in example.Errors)
        {
            var parts = error.Split(" (");
            var problem = Assert.Single(refusal.Problems, problem => problem.Path == parts[0]);
            if (parts.Length > 1)
            {
                Assert.Equal([parts[1].TrimEnd(')')], problem.Errors);
            }
        }
    }

    [Theory]
    [InlineData("bad-type", 1)]
    [InlineData("bad-cmd-and-args", 1)]
    [InlineData("bad-constraints", 8)]
    [InlineData("bad-limits", 2)]
    [InlineData("bad-health-index", 1)]
    [InlineData("bad-unreachable", 1)]
    public void Create_RefusedExample_NamesNothingElse(string name, int places)
    {
        var example = Example.Read(name);

        var refusal = AppDocuments.Create(example.Body, Parse.Context()).Refusal;

        Assert.Equal(places, refusal!.Problems.Count);
    }
}
