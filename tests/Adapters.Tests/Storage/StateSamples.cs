using System.Text.Json;
using CsCheck;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Tests.Storage;

/// <summary>Rows and entries for store tests, plain and random.</summary>
internal static class StateSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static TargetId Target(string name) =>
        TargetId.Parse($"/subscriptions/s1/resourceGroups/g1/providers/Microsoft.Compute/virtualMachineScaleSets/{name}");

    public static TargetRow Row(string name) => new() { Target = Target(name) };

    public static JournalEntry Entry(string chain, long sequence, string hash = "h", int minute = 0) => new()
    {
        Chain = chain,
        Sequence = sequence,
        At = Noon.AddMinutes(minute),
        Kind = JournalKind.IntentOpened,
        Actor = "worker-1",
        Text = "scale out 3 → 5",
        Facts = JsonElement.Parse("""{"from":3,"to":5}"""),
        PreviousHash = "p",
        Hash = hash,
    };

    private static readonly Gen<DateTimeOffset> Time =
        Gen.Long[0, TimeSpan.TicksPerDay * 365].Select(ticks => Noon.AddTicks(ticks));

    // Any text at all, with the characters that break naive SQL, JSON or logs.
    private static readonly Gen<string> Text = Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Int[0, 5].Select(index => "'\"\0\n→\u202E"[index])), 0, 20];

    private static readonly Gen<Intent> AnyIntent =
        from epoch in Gen.Long[1, 1000]
        from phase in Gen.Enum<IntentPhase>()
        from capacity in Gen.Int[0, 1000]
        from at in Time
        from text in Text
        from operation in Gen.Const(new Uri("https://management.azure.com/operations/1?api-version=2024-07-01#location")).Null()
        from sent in Time.Nullable()
        select new Intent
        {
            Epoch = epoch,
            Phase = phase,
            Base = new CapacityReading.Read(capacity, "Standard_D4s_v5", "\"7\"", false, at),
            Goal = capacity + 1,
            OpenedAt = at,
            ExpiresAt = at.AddMinutes(2),
            SentAt = sent,
            Operation = operation,
            Actor = text,
            Cause = text,
            PolicyVersion = "v",
            InputsHash = "i",
            Minimum = 1,
            Maximum = 1000,
        };

    private static readonly Gen<TargetHistory> AnyHistory =
        from desires in Gen.Select(Time, Gen.Int[0, 1000]).Select(pair => new PastDesire(pair.Item1, pair.Item2)).List[0, 5]
        from changes in Gen.Select(Time, Gen.Int[0, 1000]).Select(pair => new PastChange(pair.Item1, pair.Item2, 5)).List[0, 5]
        from busy in Gen.Dictionary(Gen.String[Gen.Char['a', 'z'], 1, 8], Time)[0, 3]
        select new TargetHistory { Desires = desires, Changes = changes, LastBusyAt = busy };

    public static readonly Gen<TargetRow> AnyRow =
        from name in Gen.String[Gen.Char['a', 'z'], 1, 12]
        from epoch in Gen.Long[0, long.MaxValue]
        from intent in AnyIntent
        from hasIntent in Gen.Bool
        from history in AnyHistory
        from text in Text
        from at in Time.Nullable()
        from capacity in Gen.Int[0, 1000].Nullable()
        select new TargetRow
        {
            Target = Target(name),
            Epoch = epoch,
            Intent = hasIntent ? intent : null,
            Check = hasIntent ? null : new PendingCheck(epoch, 1, 2, Noon, Noon.AddMinutes(5)),
            Pause = text.Length > 3 ? new TargetPause(text, text, Noon, at) : null,
            History = history,
            LastKnownCapacity = capacity,
            EvaluatedAt = at,
            Journal = new JournalHead { Sequence = 1, Hash = text, Outbox = [Entry(name, 1)] },
        };
}
