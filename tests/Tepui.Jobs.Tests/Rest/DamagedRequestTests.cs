using System.Text;

namespace Tepui.Jobs.Tests.Rest;

/// <summary>Whatever is asked is answered, never by an internal error, and what is refused changes nothing.</summary>
public sealed class DamagedRequestTests
{
    private static readonly string[] Paths =
    [
        "/iso8601", "/dependency", "/jobs", "/jobs/search", "/jobs/summary", "/job/a", "/job/success/a", "/job/stat/a", "/job/a/runs", "/job/a/runs/1", "/job/a/run", "/job/a/backfill", "/job/a/next", "/job/a/explain",
        "/job/a/task/ct:1:0:a:/progress", "/task/kill/a", "/task/ct:1:0:a:", "/graph/dot", "/graph/csv", "/stats/mean", "/leader", "/info", "/preview", "/runs", "/openapi.json", "/job/a/disable", "/job/a/enable",
    ];

    private static readonly string[] Words =
        ["", "/", "%00", "%2F", "%FF", "..", ".", "%20", "a b", "x%0d%0ay", "-1", "0", "99999999999999999999", "1e9", "NaN", "true", "%F0%9F%92%A9", "job", "{}", "'", "\"", "<script>", new string('n', 300), new string('9', 40)];

    private static readonly string[] Bodies =
    [
        "", " ", "{", "}", "null", "[]", "\"x\"", "0", "{}", "{\"name\":", "{\"name\":\"a\\u0000\"}", "{\"name\":\"\\ud800\"}", "{\"name\":{}}", "{\"name\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
        "{\"name\":\"z\",\"schedule\":\"R9999999999999999999/2031-01-01T00:00:00Z/P1D\"}", "{\"name\":\"z\",\"schedule\":\"R/2031-01-01T00:00:00Z/P0D\"}", "{\"name\":\"z\",\"schedule\":\"R/9999-12-31T23:59:59Z/P9999Y\",\"retries\":1e99}",
        "{\"name\":\"a\",\"parents\":[\"a\"]}", "{\"name\":\"z\",\"parents\":[\"no such\"]}", "{\"from\":\"0001-01-01\",\"to\":\"9999-12-31\"}", "{\"from\":\"9999-12-31T23:59:59-18:00\",\"to\":1}", "{\"statusCode\":99999999999}", "{\"statusCode\":1}",
        "{\"numAdditionalElementsProcessed\":1e308}", "{\"count\":1000,\"cron\":\"0 0 30 2 *\"}", "{\"count\":1000,\"schedule\":\"R//PT0.001S\"}", "{\"arguments\":\";;;///..\",\"environmentVariables\":null}",
    ];

    [Fact]
    public async Task Requests_OfAllKinds_AreAnsweredWithoutInternalErrors()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        Assert.Equal(204, (await jobs.PostAsync("/scheduler/iso8601", """{"name":"a","command":"date","schedule":"R/2031-01-01T00:00:00Z/P1D"}""")).Code);
        var random = new Random(20310501);
        var codes = new HashSet<int>();

        for (var turn = 0; turn < 3000; turn++)
        {
            var (method, path, body) = Draw(random, turn);
            var (code, text) = await SendAsync(jobs, method, path, body);
            codes.Add(code);

            // A new job with parents that names none is the one documented 500.
            Assert.True(code < 500 || (code == 500 && path.Contains("/dependency", StringComparison.Ordinal) && text.Contains("parent", StringComparison.OrdinalIgnoreCase)), $"{method} {path} {body}: {code} {text}");
            Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        }

        Assert.Superset(new HashSet<int> { 200, 204, 400, 404, 405 }, codes);
        Assert.Equal(200, (await jobs.GetAsync("/scheduler/jobs")).Code);
        await jobs.RestartAsync();
        Assert.Equal(200, (await jobs.GetAsync("/scheduler/jobs")).Code);
    }

    [Fact]
    public async Task Documents_ThatAreRefused_ChangeNothing()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        await jobs.PostAsync("/scheduler/iso8601", """{"name":"a","command":"date","schedule":"R/2031-01-01T00:00:00Z/P1D"}""");
        await jobs.PostAsync("/scheduler/dependency", """{"name":"b","parents":["a"]}""");
        var before = (await jobs.GetAsync("/scheduler/jobs?extras=true")).Body;

        foreach (var member in new[] { "\"retries\":-1", "\"cpus\":\"x\"", "\"schedule\":\"R\"", "\"scheduleTimeZone\":\"Nowhere\"", "\"container\":{\"type\":\"x\"}", "\"parents\":[\"a\",\"b\"]", "\"parents\":[\"c d\"]", "\"catchUp\":\"x\"", "\"constraints\":[[\"a\",\"LIKE\",\"(\"]]" })
        {
            foreach (var path in new[] { "/iso8601", "/dependency" })
            {
                foreach (var name in new[] { "a", "b" })
                {
                    var kind = path == "/iso8601" ? "\"schedule\":\"R/2032-01-01T00:00:00Z/P1D\"" : "\"parents\":[\"b\"]";
                    var body = member.StartsWith("\"schedule\"", StringComparison.Ordinal) || member.StartsWith("\"parents\"", StringComparison.Ordinal) ? $$"""{"name":"{{name}}",{{member}}}""" : $$"""{"name":"{{name}}",{{kind}},{{member}}}""";
                    var answer = await jobs.PostAsync("/scheduler" + path, body);
                    if (answer.Code == 204)
                    {
                        Assert.Fail($"{path} {body} was taken");
                    }

                    Assert.Equal(400, answer.Code);
                }
            }
        }

        Assert.Equal(before, (await jobs.GetAsync("/scheduler/jobs?extras=true")).Body);
    }

    private static (HttpMethod Method, string Path, string? Body) Draw(Random random, int turn)
    {
        var method = new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Head, HttpMethod.Options, HttpMethod.Patch }[random.Next(7)];
        var path = Paths[turn % Paths.Length];
        if (random.Next(3) == 0)
        {
            var parts = path.Split('/');
            parts[random.Next(1, parts.Length)] = Words[random.Next(Words.Length)];
            path = string.Join('/', parts);
        }

        if (random.Next(3) == 0)
        {
            path += $"?{new[] { "limit", "offset", "count", "state", "arguments", "name", "any", "strict", "extras" }[random.Next(9)]}={Words[random.Next(Words.Length)]}";
        }

        return (method, (random.Next(2) == 0 ? "/scheduler" : "/v1/scheduler") + path, method == HttpMethod.Get || method == HttpMethod.Head ? null : Bodies[random.Next(Bodies.Length)]);
    }

    private static async Task<(int Code, string Text)> SendAsync(Support.Jobs jobs, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, new Uri($"{jobs.Host.Address.GetLeftPart(UriPartial.Authority)}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var answer = await jobs.Http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
