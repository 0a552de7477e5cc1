using System.Net;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>The page as it is served, and who may call.</summary>
public sealed class ShellTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("dashboard", "text/html")]
    [InlineData("dashboard/", "text/html")]
    [InlineData("dashboard/main.js", "text/javascript")]
    [InlineData("dashboard/page.css", "text/css")]
    [InlineData("dashboard/icon.svg", "image/svg+xml")]
    [InlineData("dashboard/vendor/uPlot.esm.js", "text/javascript")]
    [InlineData("dashboard/nothing.js", "text/plain")]
    [InlineData("dashboard/../appsettings.json", null)]
    public async Task Every_answer_is_protected(string path, string? type)
    {
        await using var world = await World.StartAsync();

        using var response = await world.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        if (type is null)
        {
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            return;
        }

        Assert.Equal(path.Contains("nothing", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        var policy = Header(response, "Content-Security-Policy");
        foreach (var part in new[] { "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'" })
        {
            Assert.Contains(part, policy.Split("; "));
        }

        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
    }

    [Fact]
    public async Task A_file_that_is_known_is_not_sent_again()
    {
        await using var world = await World.StartAsync();
        using var first = await world.Client.GetAsync(new Uri("dashboard/main.js", UriKind.Relative), Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "dashboard/main.js");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await world.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task The_root_is_readiness_for_the_host_and_leads_a_browser_to_the_page()
    {
        await using var world = await World.StartAsync();
        Assert.Equal("{}", await world.Client.GetStringAsync(new Uri("", UriKind.Relative), Cancellation));
        using var request = new HttpRequestMessage(HttpMethod.Get, "");
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml");

        using var response = await world.Client.SendAsync(request, Cancellation);

        Assert.Equal((HttpStatusCode.Redirect, "/dashboard/"), (response.StatusCode, response.Headers.Location?.ToString()));
    }

    [Theory]
    [InlineData("localhost", null, true)]
    [InlineData("LOCALHOST", null, true)]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("[::1]", null, true)]
    [InlineData("evil.example", null, false)]
    [InlineData("localhost.evil.example", null, false)]
    [InlineData("127.0.0.1.nip.io", null, false)]
    [InlineData("0.0.0.0", null, false)]
    [InlineData("169.254.169.254", null, false)]
    [InlineData("localhost", "same", true)]
    [InlineData("localhost", "https://evil.example", false)]
    [InlineData("localhost", "http://localhost:1", false)]
    [InlineData("localhost", "null", false)]
    public async Task The_local_mode_answers_only_its_own_machine_and_its_own_page(string host, string? origin, bool isOurs)
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        var version = (await world.RowAsync("web")).Version;
        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Get, "dashboard/"), (HttpMethod.Get, "api/v1/targets"), (HttpMethod.Post, "api/v1/pause/web"), (HttpMethod.Post, "ScaleTick") })
        {
            using var request = new HttpRequestMessage(method, path) { Headers = { Host = $"{host}:{world.Address.Port}" } };
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin == "same" ? $"http://{host}:{world.Address.Port}" : origin);
            }

            if (method == HttpMethod.Post)
            {
                request.Headers.Add("Idempotency-Key", "k");
                request.Content = new StringContent("""{"by":"x","reason":"y"}""");
            }

            using var response = await world.Client.SendAsync(request, Cancellation);

            Assert.True(isOurs != (response.StatusCode == HttpStatusCode.Forbidden), $"{method} {path}: {response.StatusCode}");
        }

        Assert.Equal(isOurs, version != (await world.RowAsync("web")).Version);
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
