using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>
/// How often callers may ask for changes, each for itself and all together. It counts in this process alone: it keeps one caller from
/// taking the others' place, and nothing that has to be right depends on it.
/// </summary>
internal sealed class CallLimits : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<HttpRequest> _limiter;

    public CallLimits(TriggerOptions options) => _limiter = options.AreCallsLimited
        ? PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpRequest, string>(request => Bucket(CallerOf(request), options.CallsAtOnce, options.CallsPerSecond)),
            PartitionedRateLimiter.Create<HttpRequest, string>(_ => Bucket("all", options.AllCallsAtOnce, options.AllCallsPerSecond)))
        : PartitionedRateLimiter.Create<HttpRequest, string>(_ => RateLimitPartition.GetNoLimiter("all"));

    /// <summary>How long to wait before the next call; nothing when this one may go on.</summary>
    public TimeSpan? Wait(HttpRequest request)
    {
        using var lease = _limiter.AttemptAcquire(request);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > Second ? wait
            : Second;
    }

    /// <summary>The header that says how long, in whole seconds.</summary>
    public static string Header(TimeSpan wait) => ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _limiter.Dispose();

    private static RateLimitPartition<string> Bucket(string caller, int atOnce, int perSecond) => RateLimitPartition.GetTokenBucketLimiter(
        caller,
        _ => new TokenBucketRateLimiterOptions { TokenLimit = atOnce, TokensPerPeriod = perSecond, ReplenishmentPeriod = Second, QueueLimit = 0, AutoReplenishment = true });

    /// <summary>Told apart by the key, which the Functions host has looked at before; only its hash is kept.</summary>
    private static string CallerOf(HttpRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Headers[Key]}\n{request.Query["code"]}"))[..8]);

    private const string Key = "x-functions-key";
}
