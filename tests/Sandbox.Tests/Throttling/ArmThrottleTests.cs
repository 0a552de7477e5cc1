using System.Net.Http.Headers;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.Sandbox.Tests.Throttling;

public sealed class ArmThrottleTests
{
    private static readonly DateTimeOffset Start = SandboxHost.Start;

    [Fact]
    public void A_bucket_empties_and_refills_in_simulated_time()
    {
        var throttle = new ArmThrottle(new ThrottleLimits());
        for (var i = 0; i < 250; i++)
        {
            Assert.Null(throttle.Take("s", "p", isWrite: false, Start).Wait);
        }

        Assert.Equal(TimeSpan.FromMilliseconds(40), throttle.Take("s", "p", isWrite: false, Start).Wait);
        for (var i = 0; i < 25; i++)
        {
            Assert.Null(throttle.Take("s", "p", isWrite: false, Start.AddSeconds(1)).Wait);
        }

        Assert.NotNull(throttle.Take("s", "p", isWrite: false, Start.AddSeconds(1)).Wait);
        Assert.Equal(249, throttle.Take("s", "p", isWrite: false, Start.AddHours(1)).Remaining);
    }

    [Fact]
    public void Each_subscription_principal_and_verb_has_a_bucket_of_its_own()
    {
        var throttle = new ArmThrottle(new ThrottleLimits { Reads = new BucketSize(1, 1), Writes = new BucketSize(1, 1) });
        throttle.Take("s", "p", isWrite: false, Start);

        Assert.NotNull(throttle.Take("S", "p", isWrite: false, Start).Wait);
        Assert.Null(throttle.Take("s", "q", isWrite: false, Start).Wait);
        Assert.Null(throttle.Take("t", "p", isWrite: false, Start).Wait);
        Assert.Null(throttle.Take("s", "p", isWrite: true, Start).Wait);
    }

    [Fact]
    public void A_whole_subscription_has_a_limit_over_all_principals()
    {
        var throttle = new ArmThrottle(new ThrottleLimits { Reads = new BucketSize(2, 1), SubscriptionFactor = 2 });
        var taken = Enumerable.Range(0, 6).Count(i => throttle.Take("s", $"p{i}", isWrite: false, Start).Wait is null);

        Assert.Equal(4, taken);
    }

    [Fact]
    public async Task Over_HTTP_the_remaining_requests_are_told_and_the_excess_is_refused_until_the_bucket_refills()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Throttle = new ThrottleLimits { Reads = new BucketSize(2, 0.1) },
        });
        var url = SandboxHost.Url(SandboxHost.Web);
        var first = await host.GetAsync(url);
        await host.GetAsync(url);
        var refused = await host.GetAsync(url);
        await host.AdvanceAsync(TimeSpan.FromSeconds(10));
        var after = await host.GetAsync(url);

        Assert.Equal("1", first.Headers["x-ms-ratelimit-remaining-subscription-reads"]);
        Assert.Equal("29", first.Headers["x-ms-ratelimit-remaining-subscription-global-reads"]);
        Assert.Equal((429, "TooManyRequests", "10"), (refused.Status, refused.Code, refused.Headers["Retry-After"]));
        Assert.Equal(200, after.Status);
        Assert.Equal(1, host.Server.Requests.Throttled);
    }

    [Fact]
    public async Task A_refused_write_is_logged_and_changes_nothing()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Behavior = new EstateOptions { RefusesWhenBusy = false },
            Throttle = new ThrottleLimits { Writes = new BucketSize(1, 0.1) },
        });
        await host.PatchAsync(SandboxHost.Web, 6);
        await host.PatchAsync(SandboxHost.Web, 7);
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "other");
        await host.PatchAsync(SandboxHost.Web, 8);

        Assert.Equal([200, 429, 200], host.Server.Writes.All.Select(write => write.Status!.Value));
        Assert.Equal([6, 8], host.Server.Writes.Effective.Select(write => write.CapacityAfter!.Value));
    }
}
