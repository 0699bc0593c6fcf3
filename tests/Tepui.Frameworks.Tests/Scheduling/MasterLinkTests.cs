using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Frameworks.Scheduling;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Sdk.Scheduler;
using Tepui.Sdk.Tests.Fakes;
using Kind = Tepui.Protocol.V1.Scheduler.Call.Types.Type;

namespace Tepui.Frameworks.Tests.Scheduling;

public sealed class MasterLinkTests
{
    [Theory]
    [InlineData(Kind.Accept)]
    [InlineData(Kind.Decline)]
    public async Task Call_IsNotTaken_ItsOffersAreGivenBackOnce(Kind kind)
    {
        await using var master = await FakeMaster.StartAsync();
        master.Answers = call => call.Type == kind && !(call.Decline?.Filters?.RefuseSeconds == 0) ? (413, "too large") : (202, "");
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var link = new MasterLink<string>(
            new News(), framework => new SchedulerClient(FakeMaster.Options(master.Address) with { Framework = framework }), new SubscribedRoles(FakeMaster.Options().Framework, "*", TimeProvider.System), NullLogger.Instance);
        using var stopping = new CancellationTokenSource();
        var running = link.RunAsync(Hear, stopping.Token);
        await heard.Task.WaitAsync(Wait.Limit);

        if (kind == Kind.Accept)
        {
            link.Accept(new("offer-1"), [], TimeSpan.FromSeconds(5));
        }
        else
        {
            link.Decline([new("offer-1")], TimeSpan.FromSeconds(5));
        }

        await Wait.UntilAsync(() => master.Calls.Any(call => call.Decline is { Filters.RefuseSeconds: 0 } back && back.OfferIds.Single().Value == "offer-1"), "the offer is given back");
        await stopping.CancelAsync();
        await running;

        ValueTask Hear(string news)
        {
            if (news == "subscribed")
            {
                heard.TrySetResult();
            }

            return default;
        }
    }

    private sealed class News : IMasterNews<string>
    {
        public string Subscribed(FrameworkId framework, string master, bool again) => "subscribed";

        public string Disconnected() => "disconnected";

        public string Offered(IReadOnlyList<Offer> offers) => "offered";

        public string Rescinded(OfferId offer) => "rescinded";

        public string Updated(TaskStatus status) => "updated";

        public string LaunchesFailed(IReadOnlyList<TaskId> tasks, string reason) => "failed";
    }
}
