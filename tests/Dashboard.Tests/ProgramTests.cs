using System.Diagnostics;
using System.Net;
using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>The built program as a person starts it.</summary>
public sealed class ProgramTests(Browsers browsers, ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_local_mode_says_where_the_page_is_and_shows_it_to_this_machine_only()
    {
        var directory = Directory.CreateTempSubdirectory("scalefunctions-program-");
        var policies = Path.Combine(directory.FullName, "policies");
        await SamplePolicies.WriteToAsync(policies);
        using var program = Start("--speed", "600", "--policies", policies, "--state", Path.Combine(directory.FullName, "state"));
        try
        {
            var address = new Uri(await AddressAsync(program));
            await using var watched = await browsers.OpenAsync(address);
            await watched.Page.GotoAsync(address.ToString());

            await Expect(watched.Page.Locator(".fleet .name")).ToHaveTextAsync(["api", "web", "worker"]);
            await Expect(watched.Page.Locator(".fleet .c-evaluated time").First).Not.ToHaveTextAsync("00:01");

            using var client = new HttpClient();
            using var rebound = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "api/v1/targets")) { Headers = { Host = "evil.example" } };
            using var foreign = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "ScaleTick")) { Headers = { { "Origin", "https://evil.example" } } };
            foreach (var request in new[] { rebound, foreign })
            {
                using var response = await client.SendAsync(request, Cancellation);
                Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            }
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync(CancellationToken.None);
            directory.Delete(recursive: true);
        }
    }

    /// <summary>On a thousand resources of several owners, while the loop runs. Figures are in docs/benchmarks.md.</summary>
    [Fact]
    public async Task First_paint_on_the_large_estate_is_measured()
    {
        var state = Directory.CreateTempSubdirectory("scalefunctions-program-");
        using var program = Start(
            "--estate", "large", "--speed", "60", "--policies", Path.Combine(Repository.Root, "docs", "examples", "large-estate"), "--state", Path.Combine(state.FullName, "state"));
        try
        {
            var address = new Uri(await AddressAsync(program));
            await using var watched = await browsers.OpenAsync(address);
            List<double> paints = [], filled = [];
            for (var load = 0; load < 4; load++)
            {
                var real = Stopwatch.StartNew();
                var page = await watched.GoAsync($"?{load}");
                filled.Add(real.Elapsed.TotalMilliseconds);
                paints.Add(await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
            }

            Assert.All(paints, paint => Assert.True(paint > 0));

            // The first load also waits for the first tick to end.
            output.WriteLine($"first contentful paint, 4 loads on the large estate: {string.Join(", ", paints.Select(paint => $"{paint:0}"))} ms; first rows after {string.Join(", ", filled.Select(each => $"{each:0}"))} ms");
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync(CancellationToken.None);
            state.Delete(recursive: true);
        }
    }

    private static Process Start(params string[] arguments)
    {
        var program = Process.Start(new ProcessStartInfo(
            "dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ScaleFunctions.dll"), "serve", "--port", "0", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        program.BeginOutputReadLine();
        return program;
    }

    /// <summary>The address in the line for people, which names this machine as a browser does.</summary>
    private static Task<string> AddressAsync(Process program)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        program.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                found.TrySetException(new InvalidOperationException("the program ended without saying where the page is"));
            }
            else if (line.Data.StartsWith("open http://localhost:", StringComparison.Ordinal))
            {
                found.TrySetResult(line.Data.Split(' ')[1]);
            }
        };
        program.BeginErrorReadLine();
        return found.Task.WaitAsync(TimeSpan.FromSeconds(90), Cancellation);
    }
}
