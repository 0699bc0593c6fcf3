using Tepui.Runtime.Flags;

namespace Tepui.Runtime.Tests.Flags;

public sealed class FlagParserTests
{
    private static FlagValues Master(params string[] arguments) => FlagParser.Parse(FlagTable.Master, arguments, _ => null);

    private static string[] Problems(FlagTable table, params string[] arguments) =>
        [.. Assert.Throws<FlagException>(() => FlagParser.Parse(table, arguments, _ => null)).Problems.Select(p => p.ToString())];

    [Fact]
    public void Parse_Nothing_GivesDefaults()
    {
        var flags = Master();

        Assert.Equal(5050, flags.Integer("port"));
        Assert.Equal(TimeSpan.FromSeconds(15), flags.Duration("agent_ping_timeout"));
        Assert.True(flags.Boolean("root_submissions"));
        Assert.Null(flags.DurationOrNull("offer_timeout"));
        Assert.Null(flags.Text("cluster"));
        Assert.False(flags.IsGiven("port"));
        Assert.Empty(flags.Warnings);
    }

    [Theory]
    [InlineData("--agent_ping_timeout=90secs")]
    [InlineData("--agent_ping_timeout", "90secs")]
    [InlineData("--agent-ping-timeout=1.5mins")]
    [InlineData("--slave_ping_timeout=90secs")]
    public void Parse_EverySpelling_IsTheSameValue(params string[] arguments) =>
        Assert.Equal(TimeSpan.FromSeconds(90), Master(arguments).Duration("agent_ping_timeout"));

    [Theory]
    [InlineData("--no-root_submissions", false)]
    [InlineData("--no-root-submissions", false)]
    [InlineData("--root_submissions=false", false)]
    [InlineData("--root_submissions", true)]
    public void Parse_Boolean_EverySpelling(string argument, bool value) => Assert.Equal(value, Master(argument).Boolean("root_submissions"));

    [Fact]
    public void Parse_Environment_IsReadAndTheCommandLineWins()
    {
        var environment = new Dictionary<string, string> { ["MESOS_PORT"] = "1000", ["MESOS_CLUSTER"] = "mine", ["TEPUI_CLUSTER"] = "ours" };

        var flags = FlagParser.Parse(FlagTable.Master, ["--port=2000"], environment.GetValueOrDefault);

        Assert.Equal(2000, flags.Integer("port"));
        Assert.Equal("ours", flags.Text("cluster"));
        Assert.True(flags.IsGiven("cluster"));
    }

    [Fact]
    public void Parse_ManyWrong_ReportsAllAtOnce()
    {
        var problems = Problems(
            FlagTable.Agent,
            "--prot=5051",
            "--port=70000",
            "--gc_delay=soon",
            "--resources=cpus:banana",
            "--switch_user=maybe",
            "--logging_level=LOUD",
            "extra");

        Assert.Equal(7, problems.Length);
        Assert.Contains(problems, p => p.Contains("--prot", StringComparison.Ordinal) && p.Contains("--port", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("65535", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("'extra'", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("LOUD", StringComparison.Ordinal) && p.Contains("INFO, WARNING, ERROR", StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_ValueMissingOrTwice_IsRefused()
    {
        Assert.Contains("needs a value", Assert.Single(Problems(FlagTable.Master, "--port")), StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Single(Problems(FlagTable.Master, "--port=1", "--port=2")), StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Single(Problems(FlagTable.Master, "--agent_ping_timeout=1secs", "--slave_ping_timeout=2secs")), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NotYetSupported_IsRefusedUnlessItAsksForTheDefault()
    {
        var problem = Assert.Single(Problems(FlagTable.Master, "--authenticate_frameworks=true"));

        Assert.Contains("--authenticate_frameworks", problem, StringComparison.Ordinal);
        Assert.Contains("not supported yet", problem, StringComparison.Ordinal);
        Assert.False(Master("--authenticate_frameworks=false").Boolean("authenticate_frameworks"));
    }

    [Fact]
    public void Parse_Ignored_WarnsOnce()
    {
        var flags = Master("--log_dir=/var/log", "--zk_session_timeout=3secs");

        Assert.Equal(2, flags.Warnings.Count);
        Assert.StartsWith("--log_dir has no effect", flags.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_FileValue_IsWhatTheFileHolds()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "from a file\n");
            Assert.Equal("from a file", Master($"--cluster=file://{path}").Text("cluster"));
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Contains("cannot be read", Assert.Single(Problems(FlagTable.Master, $"--cluster=file://{path}")), StringComparison.Ordinal);
    }

    [Fact]
    public void Printed_Values_AreTextInTheirLargestUnit()
    {
        var printed = Master("--registry_fetch_timeout=120secs", "--slave_reregister_timeout=60secs").Printed;

        Assert.Equal("2mins", printed["registry_fetch_timeout"]);
        Assert.Equal("1mins", printed["slave_reregister_timeout"]);
        Assert.False(printed.ContainsKey("agent_reregister_timeout"));
        Assert.Equal("4KB", printed["offer_constraints_re2_max_mem"]);
        Assert.Equal("false", printed["help"]);
        Assert.False(printed.ContainsKey("offer_timeout"));
        Assert.Equal(printed.Keys.Order(StringComparer.Ordinal), printed.Keys);
    }

    [Fact]
    public void Tables_EveryFlag_HasAValidDefaultAndAMeaning()
    {
        foreach (var table in (FlagTable[])[FlagTable.Master, FlagTable.Agent, FlagTable.Services])
        {
            foreach (var flag in table.Flags)
            {
                Assert.NotEmpty(flag.Meaning);
                Assert.True(flag.Status != FlagStatus.Ignored || flag.Note.Length > 0, $"{flag.Name} is ignored without a reason");
                if (flag.Default is { } standard)
                {
                    FlagParser.Parse(table, [$"--{flag.Name}={standard}"], _ => null);
                }
            }
        }

        Assert.True(FlagTable.Master.Flags.Count >= 70);
        Assert.True(FlagTable.Agent.Flags.Count >= 150);
        Assert.True(FlagTable.Services.Flags.Count >= 110);
    }

    [Fact]
    public void Toggles_OfServices_AreSwitchedByNameAndByEnvironment()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["MARATHON_METRICS_DATADOG_HOST"] = "x", ["MARATHON_DISABLE_CHECKPOINT"] = "", ["MARATHON_QUIET"] = "", ["MARATHON_APP_ID"] = "/x" };

        var flags = FlagParser.Parse(FlagTable.Services, ["--disable_ha", "--http_port", "9090", "--no-suppress_offers"], environment.GetValueOrDefault);

        Assert.False(flags.Boolean("ha"));
        Assert.False(flags.Boolean("checkpoint"));
        Assert.False(flags.Boolean("suppress_offers"));
        Assert.True(flags.Boolean("quiet"));
        Assert.Equal(9090, flags.Integer("http_port"));
        Assert.Contains("--disable_nothing", Assert.Single(Problems(FlagTable.Services, "--disable_nothing")), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_EveryFlag_IsInHelpAndDocumentation()
    {
        var help = FlagText.Help(FlagTable.Agent);
        var rows = FlagText.Markdown(FlagTable.Agent).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.All(FlagTable.Agent.Flags, f => Assert.Contains(f.Name, help, StringComparison.Ordinal));
        Assert.Equal(FlagTable.Agent.Flags.Count + 2, rows.Length);
        Assert.All(rows, r => Assert.Equal(5, r.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|')));
    }
}
