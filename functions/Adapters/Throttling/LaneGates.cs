using Azure;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.SelfCosts;
using ScaleFunctions.Core.Throttling;

namespace ScaleFunctions.Adapters.Throttling;

/// <summary>
/// What this process knows of Azure's limits: a budget for each subscription and verb of Resource Manager, and a circuit for
/// each lane. All requests go through it; it sends none and waits for nothing.
/// </summary>
internal sealed class LaneGates(TimeProvider time, string worker = "", ILogger<LaneGates>? logger = null)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Lane> _lanes = [];
    private readonly Dictionary<string, Budget> _budgets = [];
    private readonly ILogger<LaneGates> _logger = logger ?? NullLogger<LaneGates>.Instance;
    private int _workers = 1;

    /// <summary>Rounds of answers after which one more may be under way.</summary>
    private const double AnswersToWiden = 16;

    /// <summary>Counts what left; absent where nobody asks what that comes to.</summary>
    public UsageCounter? Usage { get; init; }

    /// <summary>Lanes that Azure told this process to leave alone.</summary>
    public IReadOnlyList<LaneClosure> Closures
    {
        get
        {
            lock (_gate)
            {
                return [.. _lanes.Where(lane => lane.Value.Circuit is Circuit.Shut { IsTold: true })
                    .Select(lane => (lane.Key, Shut: (Circuit.Shut)lane.Value.Circuit))
                    .Select(each => new LaneClosure(each.Key, each.Shut.Until, each.Shut.Reason))];
            }
        }
    }

    /// <summary>Takes in what other workers know.</summary>
    public void Learn(int workers, IReadOnlyList<LaneClosure> closures)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            _workers = workers;
            foreach (var budget in _budgets.Values)
            {
                budget.Tokens = budget.Tokens.SharedBy(workers, now);
            }

            foreach (var closure in closures.Where(each => each.Until > now))
            {
                var lane = Find(closure.Lane);
                lane.Circuit = lane.Circuit.Tell(closure.Until, isProbe: false, closure.Reason);
            }
        }
    }

    /// <summary>Promises a request of the lane a token; <see cref="Return"/> or <see cref="Leave"/> has to follow.</summary>
    /// <returns>How long until the token is there.</returns>
    public TimeSpan Reserve(RequestLane lane, bool isManagement)
    {
        // Other services publish no buckets: there only their answers count.
        if (!isManagement)
        {
            return TimeSpan.Zero;
        }

        lock (_gate)
        {
            var budget = BudgetOf(lane);
            (budget.Tokens, var wait) = budget.Tokens.Reserve(time.GetUtcNow());
            budget.UnderWay++;
            return wait;
        }
    }

    /// <summary>Takes back the promise to a request that did not leave.</summary>
    public void Return(RequestLane lane, bool isManagement)
    {
        if (isManagement)
        {
            lock (_gate)
            {
                var budget = BudgetOf(lane);
                budget.Tokens = budget.Tokens.Return();
                budget.UnderWay--;
            }
        }
    }

    /// <summary>Whether the circuit of the lane lets a request through, and whether not too many are on their way already.</summary>
    /// <param name="lane">Its lane.</param>
    /// <param name="request">The request: one that was itself refused, and has waited since, goes ahead of the others.</param>
    /// <param name="mayWait">Whether it can wait behind others; one that cannot is not held back for their number.</param>
    public Admission Ask(RequestLane lane, object request, bool mayWait)
    {
        lock (_gate)
        {
            var found = Find(lane.Key);
            switch (found.Circuit)
            {
                case Circuit.Shut shut when shut.Until > time.GetUtcNow() && found.First != request:
                    return new Admission.Wait(shut.Until, shut.IsTold, $"{lane}: {shut.Reason}");
                case Circuit.Shut shut:
                    found.Circuit = shut.Probe();
                    found.UnderWay++;
                    return new Admission.Go(IsProbe: true);
                case Circuit.Probing probing:
                    return new Admission.Behind(found.Answered.Task, $"{lane}: {probing.Reason}");
                case Circuit.Flowing when mayWait && found.UnderWay >= found.Window:
                    return new Admission.Behind(found.Answered.Task, $"{lane}: after a refusal only {found.Window:0} at a time");
                default:
                    found.UnderWay++;
                    return new Admission.Go(IsProbe: false);
            }
        }
    }

    /// <summary>A request came back, or did not.</summary>
    /// <param name="lane">Its lane.</param>
    /// <param name="request">The request.</param>
    /// <param name="isManagement">Whether it went to Resource Manager.</param>
    /// <param name="isProbe">Whether it went ahead.</param>
    /// <param name="response">The answer, if there is one.</param>
    /// <param name="fault">What happened when there is none; nothing when the caller called it back.</param>
    public void Leave(RequestLane lane, object request, bool isManagement, bool isProbe, Response? response, string? fault)
    {
        lock (_gate)
        {
            var (found, now) = (Find(lane.Key), time.GetUtcNow());

            // Those that were on their way beside a refused one tell the same once more.
            var isNews = response is { Status: 429 } && !IsOfResource(response, now) && found.Circuit is not Circuit.Shut;
            if (isManagement)
            {
                Count(BudgetOf(lane), lane, response, now, isNews);
            }

            found.Narrow(isNews, isSuccess: response?.Status < 300);

            var before = found.Circuit;
            found.Circuit = Next(found, response, fault, isProbe, now);
            if (found.Circuit is Circuit.Shut shut && before is not Circuit.Shut)
            {
                found.First = response is null && fault is null ? null : request;
                Log.Shut(_logger, lane.ToString(), shut.Until, shut.Reason);
            }

            var answered = found.Answered;
            found.Answered = Lane.NoAnswer();
            answered.TrySetResult();
        }
    }

    /// <param name="budget">The budget of the lane.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="response">The answer, if there is one.</param>
    /// <param name="now">When it came.</param>
    /// <param name="isRefusal">Whether it is a refusal, and the first of its kind.</param>
    private static void Count(Budget budget, RequestLane lane, Response? response, DateTimeOffset now, bool isRefusal)
    {
        budget.UnderWay--;
        if (response is not null && RateHeaders.Remaining(response, lane.IsWrite) is { } remaining)
        {
            budget.Tokens = budget.Tokens.Told(remaining, budget.UnderWay, now);
            if (isRefusal && remaining == 0)
            {
                budget.Tokens = budget.Tokens.Refused(now);
            }
        }
    }

    /// <summary>
    /// App Service refuses with 429 also what there is no room for, and what another operation on the same plan holds up: that says
    /// nothing of other resources.
    /// </summary>
    private static bool IsOfResource(Response response, DateTimeOffset now) =>
        RetryAfter.Of(response, now) is null && ArmError.Parse(response).Class is FailureClass.Capacity or FailureClass.Conflict;

    private Circuit Next(Lane lane, Response? response, string? fault, bool isProbe, DateTimeOffset now)
    {
        switch (response)
        {
            case null when fault is null:
                return isProbe ? lane.Circuit.Abandon(now) : lane.Circuit;
            case null:
                return lane.Circuit.Fail(now, Turn(lane), isProbe, fault);
            case { Status: 429 } or { Status: 503 } when RetryAfter.Of(response, now) is { } wait:
                return lane.Circuit.Tell(now + wait, isProbe, $"{response.Status}, and to wait {wait.TotalSeconds:0} s");
            case { Status: 429 } when IsOfResource(response, now):
                return lane.Circuit.Succeed(isProbe);
            case { Status: 429 }:
                return lane.Circuit.Tell(now + Circuit.Pause(1, Turn(lane)), isProbe, "429");
            case { Status: < 300 } when RateHeaders.UsedUp(response) is { } limit:
                // The next one would be refused, and a refusal counts as a request, too.
                return lane.Circuit.Tell(
                    now + Circuit.Pause(isProbe && lane.Circuit is Circuit.Probing probing ? probing.Times + 1 : 1, Turn(lane)), isProbe, $"{limit} is used up");
            case { Status: 408 or >= 500 }:
                return lane.Circuit.Fail(now, Turn(lane), isProbe, $"{response.Status} again and again");
            default:
                return lane.Circuit.Succeed(isProbe);
        }
    }

    private double Turn(Lane lane) => Jitter.Of($"{worker}|{lane.Key}", ++lane.Turns);

    private Lane Find(string key)
    {
        if (!_lanes.TryGetValue(key, out var lane))
        {
            _lanes[key] = lane = new Lane(key);
        }

        return lane;
    }

    private Budget BudgetOf(RequestLane lane)
    {
        var key = $"{lane.Subscription.ToLowerInvariant()}|{lane.IsWrite}";
        if (!_budgets.TryGetValue(key, out var budget))
        {
            var now = time.GetUtcNow();
            _budgets[key] = budget = new Budget((lane.IsWrite ? TokenBudget.Writes(now) : TokenBudget.Reads(now)).SharedBy(_workers, now));
        }

        return budget;
    }

    private sealed class Lane(string key)
    {
        public string Key => key;

        public Circuit Circuit { get; set; } = Circuit.New;

        /// <summary>The request whose answer shut it.</summary>
        public object? First { get; set; }

        /// <summary>Done with the next answer, whichever it is.</summary>
        public TaskCompletionSource Answered { get; set; } = NoAnswer();

        /// <summary>Requests that left and have no answer.</summary>
        public int UnderWay { get; set; }

        /// <summary>
        /// How many may be under way. What is when a refusal comes is refused as well, and each counts against us: so half as
        /// many from then on, and slowly more again, as TCP does (RFC 5681). One at a time is still ten a second.
        /// </summary>
        public double Window { get; private set; } = double.PositiveInfinity;

        public long Turns { get; set; }

        public static TaskCompletionSource NoAnswer() => new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Notes that a request came back.</summary>
        public void Narrow(bool isRefusal, bool isSuccess)
        {
            Window = isRefusal ? Math.Max(1, Math.Min(Window, UnderWay) / 2)
                : isSuccess ? Window + (1 / (AnswersToWiden * Window))
                : Window;
            UnderWay--;
        }
    }

    private sealed class Budget(TokenBudget tokens)
    {
        public TokenBudget Tokens { get; set; } = tokens;

        public int UnderWay { get; set; }
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, DateTimeOffset, string, Exception?> ShutMessage = LoggerMessage.Define<string, DateTimeOffset, string>(
            LogLevel.Warning, new EventId(3011, nameof(Shut)), "No {Lane} before {Until}: Azure answered {Reason}");

        public static void Shut(ILogger logger, string lane, DateTimeOffset until, string reason) => ShutMessage(logger, lane, until, reason, null);
    }
}
