using Tepui.Protocol.Services;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Commands;

/// <summary>Requests carried out under an idempotency key: repeated ones are answered again and not done again.</summary>
internal sealed class RequestTable
{
    private readonly Dictionary<string, RequestEntry> _requests = new(StringComparer.Ordinal);

    /// <summary>The outcome of an earlier request under the same key, or the refusal of another one; <see langword="null"/> when the key is new.</summary>
    public CommandOutcome? Find(IdempotencyKey key)
    {
        if (!_requests.TryGetValue(key.Key, out var entry))
        {
            return null;
        }

        return entry.Fingerprint == key.Fingerprint
            ? Read(entry)
            : new CommandOutcome.Refused(RefusalKind.Invalid, $"The idempotency key '{key.Key}' was used for another request; choose a new one for each request");
    }

    /// <summary>Keeps the outcome of a request that was carried out.</summary>
    public void Keep(Turn turn, IdempotencyKey key, CommandOutcome outcome)
    {
        if (Write(outcome) is not { } entry)
        {
            return;
        }

        entry.Fingerprint = key.Fingerprint;
        entry.At = turn.Now.ToUnixTimeMilliseconds();
        _requests[key.Key] = entry;
        turn.Persist(StoreKeys.Request(key.Key), entry);
        ForgetLater(turn, key.Key, turn.Now);
    }

    /// <summary>Puts what the store held.</summary>
    public void Restore(Turn turn, string key, RequestEntry entry)
    {
        _requests[key] = entry;
        ForgetLater(turn, key, DateTimeOffset.FromUnixTimeMilliseconds(entry.At));
    }

    private void ForgetLater(Turn turn, string key, DateTimeOffset at) => turn.State.Deadlines.Set(at + turn.State.Options.IdempotencyRetention, later =>
    {
        if (_requests.Remove(key))
        {
            later.Persist(StoreKeys.Request(key), null);
        }
    });

    private static RequestEntry? Write(CommandOutcome outcome)
    {
        switch (outcome)
        {
            case CommandOutcome.Deployed deployed:
                return new RequestEntry
                {
                    Kind = RequestEntry.Types.Kind.Deployed,
                    Version = deployed.Version.ToUnixTimeMilliseconds(),
                    DeploymentId = deployed.Deployment,
                    Created = deployed.Created,
                    Spec = deployed.Spec is null ? null : SpecEntries.Write(deployed.Spec),
                };
            case CommandOutcome.Killed killed:
                var entry = new RequestEntry { Kind = RequestEntry.Types.Kind.Killed };
                entry.Instances.AddRange(killed.Instances.Select(InstanceEntries.Write));
                return entry;
            case CommandOutcome.DeploymentSet set:
                return new RequestEntry { Kind = RequestEntry.Types.Kind.DeploymentSet, DeploymentId = set.Id, DeploymentState = (int)set.State };
            case CommandOutcome.Done:
                return new RequestEntry { Kind = RequestEntry.Types.Kind.Done };
            default:
                return null;
        }
    }

    private static CommandOutcome Read(RequestEntry entry) => entry.Kind switch
    {
        RequestEntry.Types.Kind.Deployed => new CommandOutcome.Deployed(
            DateTimeOffset.FromUnixTimeMilliseconds(entry.Version), entry.DeploymentId, entry.Created, entry.Spec is null ? null : SpecEntries.Read(entry.Spec)),
        RequestEntry.Types.Kind.Killed => new CommandOutcome.Killed([.. entry.Instances.Select(instance => InstanceEntries.Read(instance, host => host))]),
        RequestEntry.Types.Kind.DeploymentSet => new CommandOutcome.DeploymentSet(entry.DeploymentId, (DeploymentState)entry.DeploymentState),
        _ => new CommandOutcome.Done(),
    };
}
