using System.Net;
using ScaleFunctions.Adapters.Notifications;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Sandbox.Time;
using ScaleFunctions.Tests.Shared;

namespace ScaleFunctions.Adapters.Tests.Notifications;

public sealed class AlertHttpTests
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("::8.8.8.8", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    [InlineData("2002:a9fe:a9fe::1", false)]
    [InlineData("2001:0:a9fe::1", false)]
    [InlineData("ff02::1", false)]
    public void Only_the_public_internet_may_be_reached(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    [Fact]
    public async Task Nothing_of_this_machine_is_reached_in_production()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        using var http = new AlertHttp(TimeProvider.System);

        foreach (var host in (string[])["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433"])
        {
            Assert.True(Failed(await PostAsync(http, new Uri($"https://{host}:{server.Address.Port}/"))).IsFinal);
        }

        Assert.Contains("https", Failed(await PostAsync(http, server.Address)).Problem, StringComparison.Ordinal);
        Assert.Empty(server.Arrivals);
    }

    /// <summary>A name and a password in an address are for a server that we do not send to: such a setting is a slip, or a trick.</summary>
    [Theory]
    [InlineData("user@")]
    [InlineData("user:word@")]
    [InlineData("hooks.example.com@")]
    public async Task An_address_with_a_user_in_it_is_not_sent_to(string user)
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        using var http = new AlertHttp(mayBeThisMachine: true);
        Assert.IsType<Delivery.Done>(await PostAsync(http, server.Address));

        var failed = Failed(await PostAsync(http, new Uri(server.Address.ToString().Replace("://", $"://{user}", StringComparison.Ordinal))));

        Assert.Equal(("the setting holds no https address", true), (failed.Problem, failed.IsFinal));
        Assert.Single(server.Arrivals);
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("8.8.8.8 10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("")]
    public async Task Each_address_that_a_name_stands_for_is_looked_at(string addresses)
    {
        var all = addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse).ToArray();
        using var http = new AlertHttp(mayBeThisMachine: true, (_, _) => Task.FromResult(all));

        var failed = Failed(await PostAsync(http, new Uri("https://hooks.example.com/")));

        Assert.True(failed.IsFinal);
        Assert.Contains("private network", failed.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_connection_goes_to_the_address_that_was_looked_at()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        var asked = 0;
        using var http = new AlertHttp(mayBeThisMachine: true, (_, _) =>
        {
            // A name that means another address the second time it is asked for.
            asked++;
            return Task.FromResult<IPAddress[]>([asked == 1 ? IPAddress.Loopback : IPAddress.Parse("169.254.169.254")]);
        });

        Assert.IsType<Delivery.Done>(await PostAsync(http, new Uri($"http://localhost:{server.Address.Port}/hook?sig=1")));
        Assert.Equal(1, asked);
        Assert.Equal("/hook?sig=1", Assert.Single(server.Arrivals).Target);
    }

    [Theory]
    [InlineData("http://169.254.169.254/metadata/instance")]
    [InlineData("here")]
    public async Task Redirects_are_not_followed(string location)
    {
        await using var other = await LoopbackServer.StartAsync(() => 200, Cancellation);
        await using var server = await LoopbackServer.StartAsync(
            context =>
            {
                context.Response.Redirect(location == "here" ? other.Address.ToString() : location, permanent: false);
                return Task.CompletedTask;
            },
            Cancellation);
        using var http = new AlertHttp(mayBeThisMachine: true);

        var failed = Failed(await PostAsync(http, server.Address));

        Assert.True(failed.IsFinal);
        Assert.Contains("redirects are not followed", failed.Problem, StringComparison.Ordinal);
        Assert.Empty(other.Arrivals);
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(202, null)]
    [InlineData(500, false)]
    [InlineData(429, false)]
    [InlineData(404, true)]
    public async Task What_may_pass_is_tried_again(int status, bool? isFinal)
    {
        await using var server = await LoopbackServer.StartAsync(
            context =>
            {
                context.Response.StatusCode = status;
                context.Response.Headers.RetryAfter = "90";
                return Task.CompletedTask;
            },
            Cancellation);
        using var http = new AlertHttp(mayBeThisMachine: true);

        var delivery = await PostAsync(http, server.Address);

        Assert.Equal(isFinal, (delivery as Delivery.Failed)?.IsFinal);
        Assert.Equal(isFinal == false ? TimeSpan.FromSeconds(90) : null, (delivery as Delivery.Failed)?.Wait);
    }

    [Theory]
    [InlineData("Mon, 05 Jan 2026 12:00:00 GMT", "Mon, 05 Jan 2026 12:07:00 GMT", 420)]
    [InlineData("Mon, 05 Jan 2026 13:00:00 GMT", "Mon, 05 Jan 2026 13:07:00 GMT", 420)]
    [InlineData(null, "Mon, 05 Jan 2026 12:07:00 GMT", 420)]
    [InlineData("Mon, 05 Jan 2026 12:00:00 GMT", "Mon, 05 Jan 2026 11:00:00 GMT", 0)]
    public async Task A_date_before_which_nothing_is_to_be_sent_is_obeyed_by_the_clock_of_whoever_says_so(string? date, string retryAfter, double seconds)
    {
        await using var server = await LoopbackServer.StartAsync(
            context =>
            {
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = retryAfter;
                context.Response.Headers.Date = date ?? "";
                return Task.CompletedTask;
            },
            Cancellation);
        using var http = new AlertHttp(mayBeThisMachine: true, time: new SimulatedClock(new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero)));

        Assert.Equal(TimeSpan.FromSeconds(seconds), Failed(await PostAsync(http, server.Address)).Wait);
    }

    [Fact]
    public async Task A_server_that_hangs_is_left_and_one_that_never_ends_is_not_listened_to()
    {
        await using var hanging = await LoopbackServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted), Cancellation);
        await using var endless = await LoopbackServer.StartAsync(
            async context =>
            {
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            },
            Cancellation);
        using var impatient = new AlertHttp(mayBeThisMachine: true, patience: TimeSpan.FromMilliseconds(300));
        using var patient = new AlertHttp(mayBeThisMachine: true);

        Assert.Equal("no answer in time", Failed(await PostAsync(impatient, hanging.Address)).Problem);
        Assert.IsType<Delivery.Done>(await PostAsync(patient, endless.Address));
    }

    [Fact]
    public async Task A_problem_does_not_tell_the_address()
    {
        await using var server = await LoopbackServer.StartAsync(() => 500, Cancellation);
        var address = new Uri(server.Address, "/services/T0/B0/verysecret");
        using var http = new AlertHttp(mayBeThisMachine: true);

        Assert.DoesNotContain("verysecret", Failed(await PostAsync(http, address)).Problem, StringComparison.Ordinal);
        await server.DisposeAsync();
        Assert.DoesNotContain("verysecret", Failed(await PostAsync(http, address)).Problem, StringComparison.Ordinal);
    }

    private static Task<Delivery> PostAsync(AlertHttp http, Uri address) => http.PostAsync(address, "{}"u8.ToArray(), NoHeaders, Cancellation);

    private static Delivery.Failed Failed(Delivery delivery) => Assert.IsType<Delivery.Failed>(delivery);
}
