namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>
/// What a signal asks for while it cannot be read. It may ask for more than there is; less it never does, whatever its
/// behavior says: KEDA's would scale a busy service in on a number that somebody wrote long before.
/// </summary>
/// <example>
/// <code>
/// behavior                  instances 6, there are 4   there are 9   KEDA, there are 9
/// hold, currentInstances                           4             9                   9
/// static                                           6             9                   6
/// currentInstancesIfHigher                         6             9                   9
/// currentInstancesIfLower                          4             9                   6
/// </code>
/// </example>
public static class MissingData
{
    /// <summary>The advice; of a blind one what its signal's policy wants in that case.</summary>
    public static Advice Answer(Advice advice, string signal, ScalingContext context)
    {
        if (!advice.IsBlind || advice.Reason is not ScalingReason.InDoubt doubt
            || context.LoadBased?.Signals.FirstOrDefault(each => each.Name == signal)?.MissingData is not { } policy)
        {
            return advice;
        }

        var since = context.History.UnreadableSince.TryGetValue(signal, out var begin) ? begin : context.Now;
        var wanted = policy.Wanted(context.Current);
        return wanted > context.Current && context.Now - since >= policy.After
            ? advice with { Desired = wanted, Reason = new ScalingReason.FellBack(signal, doubt.Doubt, wanted, since) }
            : advice;
    }
}
