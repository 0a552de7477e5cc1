using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.State;

/// <summary>Every way the fleet's row may change.</summary>
public static class FleetTransitions
{
    /// <summary>Sets or clears the kill switch. Setting it again keeps it set under the new name and reason.</summary>
    public static FleetRow SetKillSwitch(this FleetRow row, bool isSet, string by, string reason, DateTimeOffset now) =>
        (row with { KillSwitch = new KillSwitch(isSet, by, reason, now) }).Tell(
            now, JournalKind.KillSwitch, by, $"kill switch {(isSet ? "set" : "cleared")} by {by}: {reason}",
            new HandleFacts(isSet, reason, null), FactsJson.Default.HandleFacts);

    /// <summary>Lets lowerings beyond the cap be made until a time.</summary>
    public static FleetRow Approve(this FleetRow row, LoweringApproval approval, DateTimeOffset now) =>
        (row with { Approval = approval }).Tell(
            now, JournalKind.Approval, approval.By, $"lowerings beyond the cap approved by {approval.By} until {approval.Until:u}: {approval.Reason}",
            new HandleFacts(true, approval.Reason, approval.Until), FactsJson.Default.HandleFacts);

    /// <summary>Notes which policy set is in force, once for each set.</summary>
    public static FleetRow Load(this FleetRow row, PolicySet policies, DateTimeOffset now, string actor)
    {
        if (row.PolicyVersion == policies.Version)
        {
            return row;
        }

        var documents = policies.Workloads.Count + policies.HorizontalScaling.Count + policies.LoadBasedScaling.Count + policies.PredictiveScaling.Count
            + policies.VerticalScaling.Count + policies.UsageOptimization.Count;
        return (row with { PolicyVersion = policies.Version }).Tell(
            now, JournalKind.Policies, actor, $"policy set {policies.Version[..12]} loaded: {documents} documents, {policies.Errors.Count} errors",
            new PolicyFacts(policies.Version, documents, [.. policies.Errors.Select(error => error.ToString())]),
            FactsJson.Default.PolicyFacts);
    }

    /// <summary>Notes that the policy files cannot be used, and which set is in force in their place; told once.</summary>
    public static FleetRow KeepPolicies(this FleetRow row, string version, string why, DateTimeOffset now, string actor)
    {
        if (row.PolicyTrouble is { } known)
        {
            return known.Version == version && known.Why == why ? row : row with { PolicyTrouble = known with { Version = version, Why = why } };
        }

        var trouble = new PolicyTrouble(why, version, now);
        return (row with { PolicyTrouble = trouble }).Tell(
            now, JournalKind.Policies, actor,
            $"the policy files cannot be used: {why}. The last good set, {version[..12]}, stays in force; from {trouble.ActsUntil:u} on it only observes",
            new PolicyFacts(version, 0, [why]), FactsJson.Default.PolicyFacts);
    }

    /// <summary>The policy files can be used again.</summary>
    public static FleetRow EndPolicyTrouble(this FleetRow row, DateTimeOffset now, string actor) => row.PolicyTrouble is not { } over ? row :
        (row with { PolicyTrouble = null }).Tell(
            now, JournalKind.Policies, actor, $"the policy files can be used again, after {over.Since:u}",
            new PolicyFacts(row.PolicyVersion, 0, []), FactsJson.Default.PolicyFacts);

    /// <summary>Notes how many messages were put aside; more than before are told, once.</summary>
    public static FleetRow CountPoison(this FleetRow row, int messages, string text, DateTimeOffset now, string actor)
    {
        var counted = row with { PoisonedMessages = messages };
        return messages > row.PoisonedMessages
            ? counted.Tell(now, JournalKind.Poison, actor, text, new PoisonFacts(messages), FactsJson.Default.PoisonFacts)
            : counted;
    }

    /// <summary>Notes a loss of resources, once; when more goes missing, or as much elsewhere, the wait begins anew.</summary>
    public static FleetRow Lose(this FleetRow row, EstateLoss loss, DateTimeOffset now, string actor)
    {
        if (row.Shrink is { } open)
        {
            return loss.IsWithin(open.Loss)
                ? row
                : (row with { Shrink = new InventoryShrink(loss, now) })
                    .MakeVoid(ApprovalKind.Inventory, $"{(loss.Missing > open.Loss.Missing ? "more" : "others")} went missing: {loss.Missing} of {loss.Known} ({loss.Where})", now, actor).Ask(Request(loss));
        }

        var shrink = new InventoryShrink(loss, now);
        return (row with { Shrink = shrink })
            .Tell(now, JournalKind.Inventory, actor, shrink.Text, new InventoryFacts(loss.Known, loss.Missing), FactsJson.Default.InventoryFacts)
            .Ask(Request(loss));

        ApprovalRow Request(EstateLoss lost) => ApprovalTransitions.Request(
            ApprovalKind.Inventory, $"{lost.Missing} of {lost.Known} known resources are taken for gone ({lost.Where}), and lowering goes on without them", actor, now);
    }

    /// <summary>A person says that the smaller estate is what there is.</summary>
    /// <exception cref="InvalidOperationException">Nothing is missing.</exception>
    public static FleetRow ConfirmShrink(this FleetRow row, string by, string reason, DateTimeOffset now)
    {
        var open = row.Shrink ?? throw new InvalidOperationException("Nothing is missing from the inventory");
        return (row with { Shrink = open with { ConfirmedBy = by } }).MakeVoid(ApprovalKind.Inventory, $"{by} has confirmed it already", now, by).Tell(
            now, JournalKind.Approval, by, $"the loss of {open.Loss.Missing} resources was confirmed by {by}: {reason}",
            new InventoryFacts(open.Loss.Known, open.Loss.Missing), FactsJson.Default.InventoryFacts);
    }

    /// <summary>The loss is over: the resources are back, or it was accepted.</summary>
    public static FleetRow EndShrink(this FleetRow row, string text, DateTimeOffset now, string actor) => row.Shrink is null ? row :
        (row with { Shrink = null }).MakeVoid(ApprovalKind.Inventory, "the loss is over", now, actor).Tell(
            now, JournalKind.Inventory, actor, text, new InventoryFacts(row.Shrink.Loss.Known, 0), FactsJson.Default.InventoryFacts);

    /// <summary>The row after its waiting entries are known to be in the journal.</summary>
    public static FleetRow Told(this FleetRow row) =>
        row.Journal.Outbox.Count == 0 ? row : row with { Journal = row.Journal with { Outbox = [] } };

    internal static FleetRow Tell<TFacts>(
        this FleetRow row, DateTimeOffset at, JournalKind kind, string actor, string text, TFacts facts, JsonTypeInfo<TFacts> json) =>
        row with
        {
            Journal = JournalChain.Append(
                row.Journal, JournalEntry.FleetChain, at, kind, actor, text, JsonSerializer.SerializeToElement(facts, json)),
        };
}
