using Tepui.Jobs.Core.Documents;

namespace Tepui.Jobs.Core.Tests.Documents;

public sealed class JobReaderTests
{
    [Fact]
    public void Read_NameAlone_RunsOnceNowWithTheDefaults()
    {
        var spec = Parse.Draft("{'name':'a'}").Spec!;

        Assert.Equal("R1/2031-05-01T06:30:00.000Z/PT24H", spec.Schedule!.Times.Text);
        Assert.Equal(("", true, 2, false, "root"), (spec.Command, spec.Shell, spec.Retries, spec.Disabled, spec.RunAsUser));
        Assert.Equal((100, 128_000, 256_000), (spec.Cpus, spec.Mem, spec.Disk));
        Assert.Null(spec.Concurrency);
    }

    [Fact]
    public void Read_OtherKindsOfValues_AreTakenAsJacksonTakesThem()
    {
        var spec = Parse.Taken("'retries':'3','cpus':'0.25','mem':64.0,'disk':'0','shell':'false','disabled':1,'command':17,'owner':true,'softError':'TRUE','maxCompletionTime':'','description':null,'unheard':[{}]");

        Assert.Equal((3, 250, 64_000, 256_000), (spec.Retries, spec.Cpus, spec.Mem, spec.Disk));
        Assert.Equal((false, true, "17", "true", true), (spec.Shell, spec.Disabled, spec.Command, spec.Owner, spec.SoftError));
        Assert.Equal((TimeSpan.Zero, ""), (spec.MaxCompletionTime, spec.Description));
    }

    [Theory]
    [InlineData("'retries':-1", "retries: is -1; it must be a whole number from 0 to 1000000")]
    [InlineData("'retries':2.5", "retries: is 2.5; it must be a whole number from 0 to 1000000")]
    [InlineData("'retries':99999999999999999999", "retries: is 99999999999999999999; it must be a whole number from 0 to 1000000")]
    [InlineData("'cpus':-0.5", "cpus: is -0.5; it must be a number from 0 to 1000000000")]
    [InlineData("'mem':'NaN'", "mem: is \"NaN\"; it must be a number from 0 to 1000000000")]
    [InlineData("'mem':1e999", "mem: is 1e999; it must be a number from 0 to 1000000000")]
    [InlineData("'disk':{}", "disk: is {}; it must be a number from 0 to 1000000000")]
    [InlineData("'cpus':0.0001", "cpus: is below 0.001, the least that can be given; 0 is the default")]
    [InlineData("'maxCompletionTime':1e18", "maxCompletionTime: is 1e18; it must be a whole number from 0 to 1000000000")]
    [InlineData("'shell':'yes'", "shell: is \"yes\"; it must be true or false")]
    [InlineData("'command':['a']", "command: is [\"a\"]; it must be a text")]
    [InlineData("'arguments':'a'", "arguments: is \"a\"; it must be a list")]
    [InlineData("'arguments':['a',null]", "arguments[1]: is null; it must be a text")]
    [InlineData("'environmentVariables':[{'value':'x'}]", "environmentVariables[0].name: is missing; a variable has a name")]
    [InlineData("'environmentVariables':[{'name':'A','value':'x'},{'name':'B=C','value':'x'}]", "environmentVariables[1].name: is 'B=C'; a name must not have '='")]
    [InlineData("'environmentVariables':[{'name':'A'}]", "environmentVariables[0].value: is missing; it must be a text, which may be empty")]
    [InlineData("'environmentVariables':['A=B']", "environmentVariables[0]: is \"A=B\"; it must be an object")]
    [InlineData("'fetch':[{'extract':true}]", "fetch[0].uri: is missing; it says what is fetched")]
    [InlineData("'constraints':[['rack']]", "constraints[0]: is [\"rack\"]; a constraint is a list of attribute, operator (EQUALS, LIKE, UNLIKE) and value")]
    [InlineData("'constraints':[['rack','LIKE','(']]", "constraints[0][2]: '(' is not a regular expression")]
    [InlineData("'constraints':[['rack','UNLIKE','(?x)a # c']]", "constraints[0][2]: '(?x)a # c' is not a regular expression")]
    [InlineData("'constraints':[['rack','EQUALS']]", "constraints[0]: has no value; EQUALS needs one")]
    [InlineData("'container':{'type':'VM','image':'i'}", "container.type: is 'VM'; allowed are DOCKER, MESOS")]
    [InlineData("'container':{'image':'i','network':'NONE'}", "container.network: is 'NONE'; allowed are HOST, BRIDGE, USER")]
    [InlineData("'container':{'type':'MESOS'}", "container.image: is missing; a container is made of an image")]
    [InlineData("'container':{'image':'i','volumes':[{'containerPath':'/x','mode':'RX'}]}", "container.volumes[0].mode: is 'RX'; allowed are RO, RW")]
    [InlineData("'container':{'image':'i','networkInfos':[{'name':'n','portMappings':[{'hostPort':70000,'containerPort':1}]}]}", "container.networkInfos[0].portMappings[0].hostPort: is 70000; it must be a whole number from 0 to 65535")]
    [InlineData("'catchUp':'some'", "catchUp: is 'some'; allowed are last, all, none")]
    [InlineData("'concurrency':'never'", "concurrency: is 'never'; allowed are forbid, allow, replace")]
    [InlineData("'concurrent':true,'concurrency':'forbid'", "concurrency: is 'forbid', but concurrent is true; leave one of them out")]
    [InlineData("'delivery':'exactlyOnce'", "delivery: is 'exactlyOnce'; allowed are atLeastOnce, atMostOnce")]
    [InlineData("'parentTrigger':'all'", "parentTrigger: is 'all'; allowed are success, failure, any")]
    [InlineData("'epsilon':'5 minutes'", "epsilon: is '5 minutes'; it must be a duration such as PT30M, P1D or PT90S, of at most 1000000000 seconds")]
    [InlineData("'epsilon':'P999999999W'", "epsilon: is 'P999999999W'; it must be a duration such as PT30M, P1D or PT90S, of at most 1000000000 seconds")]
    [InlineData("'epsilon':'-PT5M'", "epsilon: is '-PT5M'; it must be a duration such as PT30M, P1D or PT90S, of at most 1000000000 seconds")]
    [InlineData("'retryBackoff':{'factor':2}", "retryBackoff.initialSeconds: is missing; it is the wait before the first retry")]
    [InlineData("'retryBackoff':{'initialSeconds':5,'factor':0.5}", "retryBackoff.factor: is 0.5; it must be a number from 1 to 100")]
    [InlineData("'retryBackoff':{'initialSeconds':5,'maxSeconds':4}", "retryBackoff.maxSeconds: is 4, less than initialSeconds, 5; it is the longest wait")]
    [InlineData("'notify':{'webhook':'ftp://x'}", "notify.webhook: is 'ftp://x'; it must be an address that begins with http:// or https://")]
    [InlineData("'notify':{'on':['sunset']}", "notify.on[0]: is 'sunset'; allowed are failure, recovery, late")]
    [InlineData("'parents':['b']", "parents: stands in a job with a schedule; send a job with parents to /dependency")]
    [InlineData("'schedule':null", "schedule: is null; write R[count]/[start]/period, as in R/2031-05-01T06:30:00Z/P1D, or leave it out to run once, now")]
    [InlineData("'schedule':'R/2031-05-01T06:30:00Z/P1D','cron':'0 8 * * *'", "cron: stands beside schedule; a job has one of them")]
    [InlineData("'schedule':'0 8 * * *'", "schedule: '0 8 * * *' is a cron expression; those belong into 'cron', at character 1")]
    public void Read_WhatCannotBeMeant_IsRefusedWithItsPlace(string members, string problem) => Assert.Equal(problem, Assert.Single(Parse.Refused(members)));

    [Theory]
    [InlineData("LIKE")]
    [InlineData("UNLIKE")]
    public void Read_ConstraintPattern_IsRefusedAboveTheLengthThatIsMatched(string op)
    {
        Assert.Single(Parse.Taken($"'constraints':[['rack','{op}','{new string('a', 1024)}']]").Constraints);

        Assert.Equal(
            "constraints[0][2]: the regular expression has 1025 characters; at most 1024 are allowed",
            Assert.Single(Parse.Refused($"'constraints':[['rack','{op}','{new string('a', 1025)}']]")));
    }

    [Fact]
    public void Read_Constraints_AreAtMostFifty()
    {
        Assert.Equal(50, Parse.Taken(Constraints(50)).Constraints.Count);

        Assert.Equal("constraints: has 51 items; at most 50 are allowed", Assert.Single(Parse.Refused(Constraints(51))));

        static string Constraints(int count) => $"'constraints':[{string.Join(',', Enumerable.Repeat("['rack','EQUALS','r7']", count))}]";
    }

    [Fact]
    public void Read_VariableOfMoreBytesThanAProcessCanBeGiven_IsRefused()
    {
        static string Of(int letters) => $"'environmentVariables':[{{'name':'A','value':'{new string('ü', letters)}'}}]";

        Assert.Equal(51_200, Parse.Taken($"'schedule':'R/2031-05-01T06:30:00Z/P1D',{Of(51_200)}").Environment[0].Value.Length);
        Assert.Contains("environmentVariables[0].value: has 102402 bytes in UTF-8; at most 102400 are allowed", Parse.Refused(Of(51_201)));
    }

    [Theory]
    [InlineData("'command':'{0}'", "command")]
    [InlineData("'shell':false,'arguments':['-x','{0}']", "arguments[1]")]
    public void Read_CommandOrArgumentOfMoreBytesThanAProcessCanBeGiven_IsRefused(string member, string path)
    {
        string Of(string text) => $"'schedule':'R/2031-05-01T06:30:00Z/P1D',{member.Replace("{0}", text, StringComparison.Ordinal)}";

        Assert.NotNull(Parse.Taken(Of(new('ü', 51_200))));
        Assert.NotNull(Parse.Taken(Of(new('u', 102_400))));

        Assert.Equal($"{path}: has 102402 bytes in UTF-8; at most 102400 are allowed", Assert.Single(Parse.Refused(Of(new('ü', 51_201)))));
        Assert.Equal($"{path}: has 102401 bytes in UTF-8; at most 102400 are allowed", Assert.Single(Parse.Refused(Of(new('u', 102_401)))));
    }

    [Fact]
    public void Read_CommandAndArgumentsOfAShell_AreCountedTogether()
    {
        static string Of(int letters, string shell) => $"'schedule':'R/2031-05-01T06:30:00Z/P1D','command':'abc','shell':{shell},'arguments':['{new string('ü', 20_000)}','{new string('a', letters)}']";

        Assert.NotNull(Parse.Taken(Of(62_395, "true")));
        Assert.NotNull(Parse.Taken(Of(62_396, "false")));
        Assert.Equal(
            "arguments: make a line of 102401 bytes in UTF-8 for the shell, together with the command; at most 102400 are allowed",
            Assert.Single(Parse.Refused(Of(62_396, "true"))));
    }

    [Fact]
    public void Read_ManyProblems_AreToldAtOnce() => Assert.Equal(
        ["name: is 'no spaces!': ' ' is not allowed; a name has letters, digits, '_', '-' and '.'", "retries: is -1; it must be a whole number from 0 to 1000000", "cpus: is \"many\"; it must be a number from 0 to 1000000000"],
        Parse.Draft("{'name':'no spaces!','retries':-1,'cpus':'many'}").Problems.Select(problem => problem.ToString()));

    [Theory]
    [InlineData("R/2031-13-01T00:00:00Z/P1D", 8)]
    [InlineData("R/2031-05-01T06:30:00Z", 23)]
    [InlineData("R-1/2031-05-01T06:30:00Z/P1D", 2)]
    [InlineData("", 1)]
    public void Read_ScheduleThatCannotBeRead_SaysWhere(string schedule, int character)
    {
        var problem = Assert.Single(Parse.Refused($"'schedule':'{schedule}'"));

        Assert.StartsWith("schedule: ", problem, StringComparison.Ordinal);
        Assert.EndsWith($", at character {character}", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownZone_NamesOnesNearIt() =>
        Assert.StartsWith("scheduleTimeZone: time zone 'Europe/Berlinn' is not known: did you mean Europe/Berlin", Assert.Single(Parse.Refused("'schedule':'R/2031-05-01T06:30:00Z/P1D','scheduleTimeZone':'Europe/Berlinn'")), StringComparison.Ordinal);

    [Theory]
    [InlineData("PT90S", 90)]
    [InlineData("P2W", 1_209_600)]
    [InlineData("p1dt1h", 90_000)]
    [InlineData("PT0S", 0)]
    public void Read_Epsilon_IsADuration(string epsilon, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Parse.Taken($"'epsilon':'{epsilon}'").Epsilon);

    [Theory]
    [InlineData("R1//PT2M")]
    [InlineData("R0//PT0M")]
    [InlineData("R/2031-05-01T06:30:00.5+02:00/P1DT12H")]
    [InlineData("R3/2031-05-01/P1W")]
    public void Read_SchedulesThatClientsSend_AreTaken(string schedule) => Assert.Equal(schedule, Parse.Taken($"'schedule':'{schedule}'").Schedule!.Times.Text);

    [Fact]
    public void Read_Cron_IsInItsZone()
    {
        var spec = Parse.Taken("'cron':'0 8 * * *','scheduleTimeZone':'Europe/Berlin','schedule':''");

        Assert.True(spec.Schedule!.IsCron);
        Assert.Equal(new DateTimeOffset(2031, 5, 2, 6, 0, 0, TimeSpan.Zero), spec.Schedule.Times.FirstAtOrAfter(Parse.Now));
    }

    [Fact]
    public void Read_StartBefore1970_IsAProblemOfNewJobsOnly()
    {
        var draft = Parse.Draft("{'name':'a','schedule':'R/1931-01-01T00:00:00Z/P1D'}");

        Assert.NotNull(draft.Spec);
        Assert.Contains("before 1970", Assert.Single(draft.CreateProblems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UrisThatMirrorFetch_AreFetchedOnce()
    {
        var draft = Parse.Draft("{'name':'a','fetch':[{'uri':'http://h/x'}],'uris':['http://h/x','http://h/y']}");

        Assert.Equal("http://h/y", Assert.Single(draft.Spec!.Uris));
        Assert.Equal("uris", Assert.Single(draft.CreateProblems).Path);
    }

    [Fact]
    public void Read_Dependent_TakesParentsOnceAndNoSchedule()
    {
        var spec = Parse.Taken("'parents':['b','c','b'],'schedule':'R/2031-05-01T06:30:00Z/P1D'", DraftKind.Dependent);

        Assert.Equal(["b", "c"], spec.Parents.Select(parent => parent.Value));
        Assert.Null(spec.Schedule);
    }

    [Theory]
    [InlineData("'parents':['a']", "parents[0]: is 'a', the job itself; it would wait for its own end")]
    [InlineData("'parents':['b','c\U0001F600d']", "parents[1]: is 'c\U0001F600d': '\U0001F600' is not allowed; a name has letters, digits, '_', '-' and '.'")]
    [InlineData("'parents':['b','c/d']", "parents[1]: is 'c/d': '/' is not allowed; a name has letters, digits, '_', '-' and '.'")]
    [InlineData("'parents':'b'", "parents: is \"b\"; it must be a list")]
    [InlineData("'parents':['b'],'cron':'0 8 * * *'", "cron: stands in a job with parents, which its parents start; leave one of them out")]
    public void Read_DependentThatCannotBeMeant_IsRefused(string members, string problem) => Assert.Equal(problem, Assert.Single(Parse.Refused(members, DraftKind.Dependent)));

    [Theory]
    [InlineData("", "the body is empty; a JSON object is needed")]
    [InlineData("[]", "the body is a list; it must be a JSON object")]
    [InlineData("null", "the body is null; it must be a JSON object")]
    [InlineData("{\"name\": \"é\",\n  \"é\" x", "the JSON cannot be read at line 2, column 7: ")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}", "the JSON cannot be read: ")]
    public void Read_WhatIsNoDocument_SaysWhere(string text, string problem)
    {
        var draft = Parse.Raw(text);

        Assert.Null(draft.Spec);
        Assert.StartsWith(problem, Assert.Single(draft.Problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"name\":\"a\",\"command\":\"x\\u0000y\"}", "command: has a NUL character (\\u0000); texts must not")]
    [InlineData("{\"name\":\"a\",\"unheard\":{\"x\":[\"\\ud800\"]}}", "unheard.x[0]: is not valid Unicode")]
    [InlineData("{\"name\":\"a\",\"\\udfff\":1}", "has a member whose name is not valid Unicode")]
    public void Read_TextThatIsNone_IsRefused(string text, string problem) => Assert.Equal(problem, Assert.Single(Parse.Raw(text).Problems).ToString());

    [Fact]
    public void Read_OverlongTexts_AreRefusedWithShortMessages()
    {
        var draft = Parse.Draft($"{{'name':'{new string('n', 5000)}','command':'{new string('c', 110_000)}','owner':'{new string('o', 5000)}','scheduleTimeZone':'{new string('z', 3000)}','cron':'0 8 * * *'}}");

        Assert.Equal(["name", "command", "owner", "scheduleTimeZone"], draft.Problems.Select(problem => problem.Path).OrderBy(path => Array.IndexOf(["name", "command", "owner", "scheduleTimeZone"], path)));
        Assert.All(draft.Problems, problem => Assert.InRange(problem.Message.Length, 1, 300));
    }
}
