using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core;

/// <summary>Names one request that waits for an answer; chosen by the shell.</summary>
public readonly record struct RequestId(long Value);

/// <summary>Who asked, for events.</summary>
/// <param name="ClientIp">Address of the client.</param>
/// <param name="Uri">Path of the request.</param>
public sealed record Origin(string ClientIp, string Uri);

/// <summary>Lets a client repeat a request without doing it twice.</summary>
/// <param name="Key">Chosen by the client.</param>
/// <param name="Fingerprint">Method, address and a digest of the body: another request under the same key is refused.</param>
public sealed record IdempotencyKey(string Key, string Fingerprint);

/// <summary>Everything that can happen to the services scheduler. Cases are nested, so the list below is the whole list.</summary>
public abstract record ServicesInput
{
    private ServicesInput()
    {
    }

    /// <summary>A client wants something changed; answered by exactly one <see cref="ServicesEffect.Reply"/>.</summary>
    public sealed record Request(RequestId Id, ServicesCommand Command, Origin Origin, IdempotencyKey? Key = null) : ServicesInput;

    /// <summary>The master took the subscription. Offers from before are void.</summary>
    public sealed record Subscribed(FrameworkId Framework, string Master, bool Again) : ServicesInput;

    /// <summary>The subscription is lost.</summary>
    public sealed record Disconnected : ServicesInput;

    /// <summary>Resources to use or decline; each must be answered.</summary>
    public sealed record Offered(IReadOnlyList<Offer> Offers) : ServicesInput;

    /// <summary>An offer is void.</summary>
    public sealed record Rescinded(OfferId Offer) : ServicesInput;

    /// <summary>A task changed, or its state was asked for.</summary>
    public sealed record Updated(TaskStatus Status) : ServicesInput;

    /// <summary>An operation on resources ended.</summary>
    public sealed record OperationUpdated(OperationStatus Status) : ServicesInput;

    /// <summary>An executor sent something.</summary>
    public sealed record Message(AgentId Agent, ExecutorId Executor, byte[] Data) : ServicesInput;

    /// <summary>An accept was refused or not answered: none of its tasks may be taken for launched. Reconciliation settles it.</summary>
    public sealed record AcceptFailed(IReadOnlyList<TaskId> Tasks, string Reason) : ServicesInput;

    /// <summary>A health check made by the shell has a result.</summary>
    /// <param name="Instance">Whose.</param>
    /// <param name="Check">Index in the app's health checks.</param>
    /// <param name="Success">It passed.</param>
    /// <param name="Cause">What failed.</param>
    public sealed record HealthChecked(InstanceId Instance, int Check, bool Success, string? Cause) : ServicesInput;

    /// <summary>A readiness check made by the shell has a result.</summary>
    public sealed record ReadinessChecked(InstanceId Instance, Health.ReadinessResult Result) : ServicesInput;

    /// <summary>A metric of an app was measured by the shell; <see langword="null"/> with the <paramref name="Problem"/> when it could not be.</summary>
    public sealed record Measured(PathId App, double? Value, string? Problem) : ServicesInput;

    /// <summary>Time passed: due deadlines are handled.</summary>
    public sealed record Tick : ServicesInput;
}
